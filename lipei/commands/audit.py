"""`lipei audit …`: the trail of who did what."""

import typer

from claims import audit
from claims.clock import local
from claims.database import unit_of_work
from claims.errors import AuditBroken
from lipei.commands.database import prepare
from lipei.console import fail

app = typer.Typer(help="The audit trail: append-only, each entry sealed together with the one before.")


@app.command()
def verify() -> None:
    """Check every entry; exit code 1 when one was changed, added or taken away afterwards."""
    prepare()
    with unit_of_work(read_only=True) as work:
        try:
            count = audit.verify(work.session)
        except AuditBroken as error:
            fail(str(error))
    typer.echo(f"The audit trail is whole: {count} entries.")


@app.command("list")
def listing(
    limit: int = typer.Option(50, min=1, max=10_000, help="So many of the newest."),
    actor: str | None = typer.Option(None, help="Only what this account did."),
    subject: str | None = typer.Option(None, help="Only about this, such as claim:C202611260000017."),
) -> None:
    """The newest entries, the newest last."""
    prepare()
    with unit_of_work(read_only=True) as work:
        for entry in reversed(audit.listing(work.session, limit=limit, actor=actor, subject=subject)):
            when = local(entry.at).strftime("%Y-%m-%d %H:%M:%S")
            detail = " ".join(f"{key}={value}" for key, value in entry.detail.items())
            typer.echo(f"{entry.id}\t{when}\t{entry.actor}\t{entry.action}\t{entry.subject}\t{detail}")
