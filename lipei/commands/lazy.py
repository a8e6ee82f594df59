"""Commands whose modules are imported when they are called, not when the command line starts: `lipei --help` would
otherwise import what every command needs (sklearn, SQLAlchemy, Alembic, the providers' libraries), which takes seconds.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group


class Lazy(NamedTuple):
    """Where a command is ("module:name" of a typer app, or of a function) and the line that `--help` shows for it."""

    place: str
    help: str


def group_of(commands: dict[str, Lazy]) -> type[TyperGroup]:
    """The `cls` of a typer app that has these commands beside those added to it."""

    class LazyGroup(TyperGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            for name, lazy in commands.items():
                self.commands.setdefault(name, TyperCommand(name, help=lazy.help))

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args[0] in commands:
                self.load(args[0])
            return super().resolve_command(ctx, args)

        def load(self, name: str) -> Any:
            """The command itself, imported now, in place of its line of help."""
            if name in commands:
                self.commands[name] = _imported(name, commands[name].place)
            return self.commands[name]

    return LazyGroup


def _imported(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        group = get_group(found)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return get_command(alone)
