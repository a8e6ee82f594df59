"""`lipei eval mood`: anger and despair in a customer's words."""

from pathlib import Path

import typer
from rich.table import Table

from lipei.commands.evaluate import AS_JSON, show


def mood(
    file: Path = typer.Argument(None, help='Lines "mood<TAB>text"; default: our own test set.'),
    fit: bool = typer.Option(False, "--fit", help="Show the weights that our training set gives instead."),
    as_json: bool = AS_JSON,
) -> None:
    """How well is it heard that somebody is angry, desperate or in danger?"""
    from evaluation import mood as measured

    if fit:
        weights = measured.fit(measured.HERE / "train.tsv")
        table = Table("sign", "weight")
        for name, weight in weights.items():
            table.add_row(name, str(weight))
        show(weights, table, as_json)
        return
    found = measured.measure(file or measured.HERE / "test.tsv")
    table = Table("measure", "value")
    for name, value in found.items():
        table.add_row(name.replace("_", " "), "\n".join(value) if isinstance(value, list) else str(value))
    show(found, table, as_json)
