"""`lipei channels`: the ways to customers."""

import importlib

from rich.table import Table

from lipei.console import console


def channels() -> None:
    """Every channel with its state: on, or off and why."""
    table = Table("channel", "state")
    for name, state in importlib.import_module("channels.registry").states():
        table.add_row(name, state)
    console().print(table)
