"""What a process imports when it starts: seconds of a small machine each time, so only what it needs at once."""

import subprocess
import sys

import pytest
import typer

from lipei.cli import COMMANDS, build

LEARNING = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "numpy"}
PROVIDERS = {"telegram", "twilio", "wechatpy"}
DATABASE = {"sqlalchemy", "alembic"}
WEB = {"fastapi", "uvicorn", "httpx", "rasa_sdk", "sanic", "pydantic_settings"}


def imported(statement: str) -> set[str]:
    """The top-level modules that a new interpreter has after this statement."""
    program = f"{statement}\nimport sys\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


def help_page(*arguments: str) -> str:
    return f"""
from typer.testing import CliRunner
from lipei.cli import build
assert CliRunner().invoke(build(), {[*arguments, "--help"]!r}).exit_code == 0"""


@pytest.mark.parametrize("command", [(), ("channels",)], ids=["lipei", "lipei channels"])
def test_a_help_page_needs_nothing_but_the_command_line(command: tuple[str, ...]) -> None:
    assert not imported(help_page(*command)) & (LEARNING | PROVIDERS | DATABASE | WEB)


def test_processes_start_without_what_learns_and_without_what_only_migrations_and_channels_that_are_on_need() -> None:
    heavy = {"torch", "transformers", "sklearn", "scipy", "alembic"} | PROVIDERS
    assert not imported("import channels.gateway.__main__, desk.__main__, actions.__main__") & heavy


def test_the_help_of_the_whole_command_says_of_each_what_it_says_of_itself() -> None:
    group = typer.main.get_command(build())
    for name, lazy in COMMANDS.items():
        own = " ".join((group.load(name).help or "").split())
        assert own.startswith(lazy.help.rstrip(".")), name
