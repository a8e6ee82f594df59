"""`lipei outbox …`: what was sent or waits, and the dead letters."""

from typing import Annotated

import typer
from rich.table import Table

from claims import clock, masking, outbox
from claims.database import unit_of_work
from claims.models import OutboxItem
from claims.vocabulary import OutboxState
from lipei.console import console, fail

app = typer.Typer(help="What was, or will be, sent to people.", no_args_is_help=True)
ACTOR = "cli"
ItemId = Annotated[str, typer.Argument(help="Id of an item, or the beginning of it, as `lipei outbox list` shows it.")]


@app.command("list")
def listing(
    limit: int = typer.Option(20, help="How many, newest first."),
    state: OutboxState | None = typer.Option(None, help="Only those in this state."),
) -> None:
    """The newest messages with their state. Neither addresses nor texts are shown."""
    table = Table("id", "at", "channel", "purpose", "state", "tries", "error")
    with unit_of_work(read_only=True) as work:
        for item in outbox.listing(work.session, limit=limit, state=state):
            tries, error = str(item.attempts), item.error or ""
            table.add_row(item.id[:8], _at(item), item.channel, item.purpose, str(item.state), tries, error)
    console().print(table)


@app.command()
def show(item_id: ItemId) -> None:
    """One message in full; its address and text are masked."""
    with unit_of_work(read_only=True) as work:
        item = outbox.get(work.session, item_id)
        rows = {
            "id": item.id,
            "stored": _at(item),
            "channel": item.channel,
            "to": masking.text(item.address) if item.channel in ("sms", "voice") else f"{item.address[:3]}***",
            "purpose": item.purpose,
            "text": masking.text(item.text),
            "state": str(item.state),
            "tries": str(item.attempts),
            "next try": f"{item.next_try_at:%Y-%m-%d %H:%M:%S}Z" if item.state is OutboxState.PENDING else "",
            "sent": f"{item.sent_at:%Y-%m-%d %H:%M:%S}Z" if item.sent_at else "",
            "delivered": f"{item.delivered_at:%Y-%m-%d %H:%M:%S}Z" if item.delivered_at else "",
            "error": item.error or "",
        }
    table = Table(show_header=False)
    for name, value in rows.items():
        table.add_row(name, value)
    console().print(table)


@app.command()
def retry(
    item_id: Annotated[str, typer.Argument(help="Id of an item, or the beginning of it.")] = "",
    all_dead: bool = typer.Option(False, "--all-dead", help="Every message that was tried too often."),
) -> None:
    """Send again what failed or was given up; its address is switched on again."""
    if bool(item_id) == all_dead:
        fail("say which one: lipei outbox retry ID, or lipei outbox retry --all-dead")
    with unit_of_work() as work:
        if all_dead:
            count = outbox.retry_dead(work.session, ACTOR)
        else:
            outbox.retry(work.session, outbox.get(work.session, item_id), ACTOR)
            count = 1
        work.commit()
    typer.echo(f"{count} to be sent again")


@app.command()
def cancel(item_id: ItemId) -> None:
    """Drop a message that has not left."""
    with unit_of_work() as work:
        outbox.cancel(work.session, outbox.get(work.session, item_id), ACTOR)
        work.commit()
    typer.echo("cancelled")


def _at(item: OutboxItem) -> str:
    return f"{clock.local(item.created_at):%Y-%m-%d %H:%M:%S}"
