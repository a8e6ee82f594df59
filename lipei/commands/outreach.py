"""`lipei eval outreach`: a simulated month of callbacks, and how much two workers prepare."""

import tempfile
from typing import Any

import typer
from rich.table import Table

from lipei.commands.evaluate import AS_JSON, plain_words, show
from lipei.console import console, fail


def outreach(
    claims: int = typer.Option(10_000, min=1, help="How many claims are closed in the month."),
    days: int = typer.Option(30, min=1, help="Over how many days."),
    kills: int = typer.Option(40, min=0, help="How many workers are killed."),
    seed: int = typer.Option(1, help="Of chance."),
    rate: bool = typer.Option(False, "--rate", help="How many messages a second instead (needs --database-url)."),
    messages: int = typer.Option(10_000, min=100, help="With --rate: how many are due at once."),
    workers: int = typer.Option(2, min=1, help="With --rate: worker processes."),
    database_url: str | None = typer.Option(None, help="An empty database; default: a SQLite file thrown away after."),
    as_json: bool = AS_JSON,
) -> None:
    """Is everybody called back who should be, and nobody disturbed? Exit code 1 when not as promised."""
    from evaluation.outreach import month, throughput

    def tell(progress: str) -> None:
        if not as_json:
            console().print(progress, highlight=False)

    if rate and not database_url:
        fail("say where: --rate --database-url postgresql+psycopg://USER:PASSWORD@HOST/NAME (an empty database)")
    with plain_words(), tempfile.TemporaryDirectory(prefix="lipei-outreach-") as folder:
        url = database_url or f"sqlite:///{folder}/month.db"
        if rate:
            _end(throughput.measure(url, messages, workers), as_json)
        else:
            _end(month.run(month.Plan(claims, days, kills, seed=seed), url, tell), as_json)


def _end(result: dict[str, Any], as_json: bool) -> None:
    table = Table("measure", "value")
    for name, value in result.items():
        if name != "problems":
            table.add_row(name.replace("_", " "), str(value))
    for problem in result["problems"]:
        table.add_row("NOT AS PROMISED", problem)
    show(result, table, as_json)
    if result["problems"]:
        raise typer.Exit(1)
