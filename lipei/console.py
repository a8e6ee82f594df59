"""Talking to the person at the terminal."""

from typing import NoReturn

import typer
from rich.console import Console


def console() -> Console:
    """Where ordinary output goes."""
    return Console(highlight=False)


def fail(sentence: str) -> NoReturn:
    """Say what is wrong and what to do, on stderr, and end the command with exit code 1."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"lipei: {sentence}", markup=False)
    raise typer.Exit(1)
