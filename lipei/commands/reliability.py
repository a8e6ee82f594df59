"""`lipei eval storm` and `lipei eval intake`: what the gateway promises, on real processes that are killed."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import typer
from rich.table import Table

from lipei.commands.evaluate import AS_JSON, plain_words, show
from lipei.console import console


def storm(
    messages: int = typer.Option(10_000, min=1, help="How many messages customers send."),
    customers: int = typer.Option(200, min=1, help="How many customers send them."),
    resends: int = typer.Option(3, min=1, help="How often the provider delivers each message."),
    gateways: int = typer.Option(1, min=1, help="Gateway processes on one database (more than one: PostgreSQL)."),
    kill_every: float = typer.Option(4.0, help="Seconds until the next gateway is killed."),
    kills: int | None = typer.Option(
        None, min=0, help="So many kills instead, spread evenly over the deliveries: for a machine that is too slow."
    ),
    database_url: str | None = typer.Option(None, help="An empty database; default: a SQLite file thrown away after."),
    as_json: bool = AS_JSON,
) -> None:
    """Is nothing lost or doubled while gateways are killed? Exit code 1 when something is."""
    from evaluation.storm.weather import Storm, run

    def tell(progress: str) -> None:
        if not as_json:
            console().print(progress, highlight=False)

    planned = Storm(messages, customers, resends, gateways, kill_every, kills)
    with plain_words(), tempfile.TemporaryDirectory(prefix="lipei-storm-") as folder:
        result = asyncio.run(run(planned, Path(folder), database_url, tell))
    end(result, as_json)


def intake(
    rate: float = typer.Option(50.0, min=0.1, help="Messages a second."),
    seconds: float = typer.Option(60.0, min=1, help="For how long."),
    engine_delay: float = typer.Option(2.0, min=0, help="Seconds that the engine takes for each turn."),
    as_json: bool = AS_JSON,
) -> None:
    """How soon is a provider answered while the engine is slow? Exit code 1 when not within 1 s (p99)."""
    from evaluation.storm.intake import measure

    with plain_words(), tempfile.TemporaryDirectory(prefix="lipei-intake-") as folder:
        result = asyncio.run(measure(Path(folder), rate, seconds, engine_delay))
    end(result, as_json)


def handover(
    handovers: int = typer.Option(200, min=1, help="How often an agent takes a conversation and gives it back."),
    agents: int = typer.Option(12, min=1, help="How many agents do so side by side."),
    customers: int = typer.Option(50, min=1, help="How many customers go on talking meanwhile."),
    messages: int = typer.Option(30, min=1, help="How many messages each of them sends."),
    gateways: int = typer.Option(1, min=1, help="Gateway processes on one database (more than one: PostgreSQL)."),
    database_url: str | None = typer.Option(None, help="An empty database; default: a SQLite file thrown away after."),
    as_json: bool = AS_JSON,
) -> None:
    """Does only one speak at a time, and is nothing lost, while agents take over? Exit code 1 when not."""
    from evaluation.handover.shift import Shift, run

    planned = Shift(handovers, agents, customers, messages, gateways)
    with plain_words(), tempfile.TemporaryDirectory(prefix="lipei-handover-") as folder:
        result = asyncio.run(run(planned, Path(folder), database_url))
    end(result, as_json)


def end(result: dict[str, Any], as_json: bool) -> None:
    table = Table("measure", "value")
    for name, value in result.items():
        if name != "problems":
            table.add_row(name.replace("_", " "), str(value))
    for problem in result["problems"]:
        table.add_row("NOT AS PROMISED", problem)
    show(result, table, as_json)
    if result["problems"]:
        raise typer.Exit(1)
