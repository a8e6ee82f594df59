"""`lipei outreach …`: what is due, why it was not sent, and the process that sees to it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from claims import clock, outreach
from claims.database import unit_of_work
from claims.errors import ClaimsError
from claims.outreach.reasons import CHANNEL_NAMES
from claims.vocabulary import DueState
from outreach import campaign_cli
from outreach.start import start

app = typer.Typer(help="What we say of our own accord: callbacks, notices, reminders.", no_args_is_help=True)
app.add_typer(campaign_cli.app, name="campaign")


@app.command()
def run() -> None:
    """Find what is due and prepare it, until stopped. Any number of these may run."""
    start()


@app.command("list")
def listing(
    state: DueState | None = typer.Option(None, help="Only those in this state."),
    purpose: str | None = typer.Option(None, help="Only those of this purpose."),
    limit: int = typer.Option(30, min=1, help="How many, planned last first."),
) -> None:
    """What is due, was sent, or was not. Nothing personal is shown."""
    table = Table("id", "purpose", "due", "state", "tries", "next", "why")
    with unit_of_work(read_only=True) as unit:
        for row in outreach.listing(unit.session, state=state, purpose=purpose, limit=limit):
            upcoming = _at(row.next_at) if row.state is DueState.WAITING else ""
            table.add_row(
                row.id[:8], row.purpose, _at(row.due_at), str(row.state), str(row.tries), upcoming, outreach.tell(row)
            )
    Console(highlight=False).print(table)


@app.command()
def why(row_id: Annotated[str, typer.Argument(help="Id of a row, or the beginning of it.")]) -> None:
    """Why one was not sent (yet), and what was."""
    with unit_of_work(read_only=True) as unit:
        try:
            row = outreach.get(unit.session, row_id)
        except ClaimsError as error:
            typer.echo(f"lipei: {error}", err=True)
            raise typer.Exit(1) from error
        typer.echo(f"{row.purpose} · {row.state} · {outreach.tell(row)}")
        for touch in outreach.touches_of(unit.session, row):
            typer.echo(f"  {touch.number}. {_at(touch.at)} {CHANNEL_NAMES.get(touch.channel, touch.channel)}")


def _at(moment: datetime) -> str:
    return f"{clock.local(moment):%m-%d %H:%M}"
