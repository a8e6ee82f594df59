"""`lipei channels` and `lipei outbox …`: the ways to customers, and what was sent."""

import importlib

import typer
from rich.table import Table

from claims.database import unit_of_work
from claims.outbox import listing as outbox_listing
from lipei.console import console

outbox = typer.Typer(help="What was, or will be, sent to people.", no_args_is_help=True)


def channels() -> None:
    """Every channel with its state: on, or off and why."""
    table = Table("channel", "state")
    for name, state in importlib.import_module("channels.registry").states():
        table.add_row(name, state)
    console().print(table)


@outbox.command("list")
def outbox_list(limit: int = typer.Option(20, help="How many, newest first.")) -> None:
    """The newest messages with their state; addresses and texts are masked as in the desk."""
    table = Table("at", "channel", "purpose", "state", "tries", "error")
    with unit_of_work() as work:
        for item in outbox_listing(work.session, limit=limit):
            at = f"{item.created_at:%Y-%m-%d %H:%M:%S}Z"
            table.add_row(at, item.channel, item.purpose, str(item.state), str(item.attempts), item.error or "")
    console().print(table)
