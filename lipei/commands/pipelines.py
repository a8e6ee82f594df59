"""`lipei eval pipelines`: ways to recognise intents, trained and measured side by side."""

from pathlib import Path
from typing import Any

import typer
from rich.table import Table

from evaluation.lines import read_lines
from lipei.commands.evaluate import AS_JSON, plain_words, show
from lipei.console import console
from lipei.settings import get_settings


def pipelines(
    file: Path = typer.Argument(help='JSON lines {"text", "intent", "style"?}.'),
    only: list[str] = typer.Option(
        [], help="Name of a pipeline (evaluation/pipelines); may be repeated. Default: all."
    ),
    share: list[float] = typer.Option([1.0], help="Share of each intent's training sentences; may be repeated."),
    epochs: int = typer.Option(100, min=1, help="Epochs of the pipelines that are trained in epochs (DIET)."),
    keep_embeddings: bool = typer.Option(
        False, help="Keep them between trainings: quicker, but training is not timed."
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Which way of recognising intents is best? Each is trained and asked in its own engine, one after the other."""
    from evaluation.pipelines import load, measure_pipeline, names, stratified, training_sentences

    results: list[dict[str, Any]] = []
    with plain_words():
        rows = read_lines(file, {"text", "intent"})
        chosen = [load(name) for name in only or names()]
        sentences = training_sentences(get_settings().root / "data" / "nlu")
        kept = get_settings().var_dir / "extras" / "embeddings" if keep_embeddings else None
        shares = {each: stratified(sentences, each) for each in share}
        for pipeline in chosen:
            for each, part in shares.items():
                if not as_json:
                    console().print(f"{pipeline.name}: training on {len(part)} sentences ({each:.0%})", markup=False)
                results.append(measure_pipeline(get_settings(), pipeline, part, rows, epochs, kept))
    show({"epochs": epochs, "pipelines": results}, table_of(results), as_json)


def table_of(results: list[dict[str, Any]]) -> Table:
    """One line a measurement; the styles are those of the measured file."""
    styles = list(dict.fromkeys(style for result in results for style in result["styles"]))
    table = Table(
        "pipeline",
        "trained on",
        "accuracy",
        "macro-F1",
        *styles,
        "training s",
        "CPU s",
        "ms",
        "CPU ms",
        "MB",
        "calibration error",
    )
    for result in results:
        table.add_row(
            result["pipeline"],
            str(result["trained_on"]),
            f"{result['accuracy']:.1%}",
            f"{result['macro_f1']:.1%}",
            *(_percent(result["styles"].get(style)) for style in styles),
            _seconds(result["training_s"]),
            _seconds(result["training_cpu_s"]),
            f"{result['ms']:.0f}",
            f"{result['cpu_ms']:.0f}",
            str(result["rss_mb"]),
            f"{result['calibration_error']:.1%}",
        )
    return table


def _percent(style: dict[str, Any] | None) -> str:
    return "–" if style is None else f"{style['accuracy']:.1%}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.0f}"
