"""The `lipei` command: puts its parts together and turns known errors into one sentence."""

import importlib
import os
import sys
from importlib.util import find_spec

import typer

from claims.errors import ClaimsError
from lipei.commands import (
    channels,
    chat,
    database,
    evaluate,
    outbox,
    pipelines,
    questions,
    reliability,
    run,
    staff,
)
from lipei.console import fail
from lipei.settings import SettingsError

# Commands that live in the room they belong to: name -> module with a typer `app`.
ROOM_COMMANDS = {"faq": "faq.cli", "wechat": "channels.wechat.cli"}
# What is said under the name of a room, but needs the database as well.
BESIDES = {"faq": {"questions": questions.app}}


def build() -> typer.Typer:
    """The whole command."""
    app = typer.Typer(
        name="lipei",
        help="Lipei 理赔: conversational claims assistant.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.command("demo")(run.demo)
    app.command("up")(run.up)
    app.command("train")(run.train)
    app.command("chat")(chat.chat)
    app.command("seed")(database.seed)
    app.add_typer(database.app, name="db")
    app.add_typer(staff.app, name="staff")
    app.add_typer(channels.app, name="channels")
    app.add_typer(outbox.app, name="outbox")
    evaluate.app.command("pipelines")(pipelines.pipelines)
    evaluate.app.command("storm")(reliability.storm)
    evaluate.app.command("intake")(reliability.intake)
    app.add_typer(evaluate.app, name="eval")
    for name, module in ROOM_COMMANDS.items():
        if find_spec(module.split(".")[0]) and find_spec(module):
            room = importlib.import_module(module).app
            for besides, commands in BESIDES.get(name, {}).items():
                if commands not in [group.typer_instance for group in room.registered_groups]:
                    room.add_typer(commands, name=besides)
            app.add_typer(room, name=name)
    return app


def main() -> None:
    """Entry point of the `lipei` command."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        build()()
    except (SettingsError, ClaimsError) as error:
        _end(str(error))
    except PermissionError as error:
        _end(f"no permission to write {error.filename}")
    except KeyboardInterrupt:
        sys.exit(130)


def _end(sentence: str) -> None:
    try:
        fail(sentence)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
