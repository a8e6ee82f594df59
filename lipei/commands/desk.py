"""`lipei eval desk`: how soon a customer's message is on an agent's screen, on real processes."""

import asyncio
import tempfile
from pathlib import Path

import typer

from lipei.commands.evaluate import AS_JSON, plain_words
from lipei.commands.reliability import end


def desk(
    agents: int = typer.Option(50, min=1, help="Agents with an open page each."),
    open_conversations: int = typer.Option(300, "--open", min=1, help="Conversations that they have, shared out."),
    rate: float = typer.Option(15.0, min=0.1, help="Customers' messages a second."),
    seconds: float = typer.Option(60.0, min=1, help="For how long."),
    database_url: str | None = typer.Option(None, help="An empty database; default: a SQLite file thrown away after."),
    as_json: bool = AS_JSON,
) -> None:
    """How soon is a customer's message on the agent's screen? Exit code 1 when not within 1 s (p95)."""
    from evaluation.desk.measure import measure

    with plain_words(), tempfile.TemporaryDirectory(prefix="lipei-desk-") as folder:
        result = asyncio.run(measure(Path(folder), agents, open_conversations, rate, seconds, database_url))
    end(result, as_json)
