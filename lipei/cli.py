"""The `lipei` command: puts its parts together and turns known errors into one sentence."""

import os
import sys

import typer

from lipei.commands.lazy import Lazy, group_of
from lipei.console import fail

# Name -> where it is, and what `lipei --help` says of it. In the order of the help; imported when called.
COMMANDS = {
    "demo": Lazy("lipei.commands.run:demo", "Database, demo data and model, then all processes; Ctrl-C stops them."),
    "up": Lazy("lipei.commands.run:up", "Database and model, then all processes; Ctrl-C stops them."),
    "train": Lazy("lipei.commands.run:train", "Train the model and build the knowledge base, unless they are there."),
    "chat": Lazy("lipei.commands.chat:chat", "Talk to the bot here."),
    "seed": Lazy("lipei.commands.database:seed", "Put data into the database; safe to run again."),
    "db": Lazy("lipei.commands.database:app", "The claims database."),
    "staff": Lazy("lipei.commands.staff:app", "Staff accounts."),
    "audit": Lazy(
        "lipei.commands.audit:app", "The audit trail: append-only, each entry sealed together with the one before."
    ),
    "channels": Lazy("lipei.commands.channels:app", "The ways to customers, each with its state."),
    "outbox": Lazy("lipei.commands.outbox:app", "What was, or will be, sent to people."),
    "outreach": Lazy("outreach.cli:app", "What we say of our own accord: callbacks, notices, reminders."),
    "report": Lazy("lipei.commands.report:app", "Periodic reports."),
    "eval": Lazy("lipei.commands.measures:app", "Measure understanding, values, answers, conversations and speed."),
    "faq": Lazy("lipei.commands.knowledge:app", "The knowledge base: search it, check it, add to it."),
    "wechat": Lazy("channels.wechat.cli:app", "The WeChat Official Account."),
}


def build() -> typer.Typer:
    """The whole command."""
    app = typer.Typer(
        name="lipei",
        cls=group_of(COMMANDS),
        help="Lipei 理赔: conversational claims assistant.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_lipei)
    return app


def _lipei() -> None:
    """Lipei 理赔: conversational claims assistant."""


def main() -> None:
    """Entry point of the `lipei` command."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        build()()
    except _known_errors() as error:
        _end(str(error))
    except PermissionError as error:
        _end(f"no permission to write {error.filename}")
    except KeyboardInterrupt:
        sys.exit(130)


def _known_errors() -> tuple[type[Exception], ...]:
    """Imported when something went wrong: looking at a help page needs neither."""
    from claims.errors import ClaimsError
    from lipei.settings import SettingsError

    return SettingsError, ClaimsError


def _end(sentence: str) -> None:
    try:
        fail(sentence)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
