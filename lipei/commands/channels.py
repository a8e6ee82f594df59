"""`lipei channels`: the ways to customers."""

import importlib
import json
from dataclasses import asdict

import typer
from rich.table import Table

from lipei.commands import telegram
from lipei.console import console

app = typer.Typer(help="The ways to customers, each with its state.", invoke_without_command=True)
app.command("telegram-webhook")(telegram.webhook)
app.command("telegram-poll")(telegram.poll)

STATES = {"on": "on", "half": "half set up", "off": "off", "wrong": "wrong"}


@app.callback()
def channels(
    context: typer.Context,
    as_json: bool = typer.Option(False, "--json", help="One JSON array instead of a table."),
) -> None:
    """Every channel: on, half set up, off or wrong; where its provider calls; and what is missing."""
    if context.invoked_subcommand is not None:
        return
    shown = importlib.import_module("channels.registry").overview()
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in shown], ensure_ascii=False))
        return
    table = Table("channel", "state", "address", "note")
    table.columns[2].overflow = "fold"  # an address is there to be copied: never shortened
    for each in shown:
        table.add_row(each.name, STATES[each.state], each.address, each.note)
    console().print(table)
