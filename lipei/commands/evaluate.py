"""`lipei eval …`: measures, each as a table or, with --json, as one JSON object."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.table import Table

from evaluation.lines import InputError, read_lines
from evaluation.stack import Stack, StackError
from lipei.client import ApiError
from lipei.commands.database import prepare as prepare_database
from lipei.console import console, fail
from lipei.preparation import PreparationFailed, prepare
from lipei.settings import get_settings
from lipei.training import TrainingFailed, ensure_model

app = typer.Typer(help="Measure understanding, values, answers, conversations and speed.", no_args_is_help=True)
AS_JSON = typer.Option(False, "--json", help="One JSON object instead of a table.")


@contextmanager
def plain_words() -> Iterator[None]:
    """Known failures become one sentence."""
    try:
        yield
    except (InputError, StackError, TrainingFailed, PreparationFailed, ApiError) as error:
        fail(str(error))


def show(result: dict[str, Any], table: Table, as_json: bool) -> None:
    """One of the two ways to print a result."""
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        console().print(table)


def table_of(rows: list[dict[str, Any]]) -> Table:
    """One line a row; numbers as they are, shares as percentages."""
    table = Table(*(name.replace("_", " ") for name in rows[0]))
    for row in rows:
        table.add_row(*(_cell(name, value) for name, value in row.items()))
    return table


def _cell(name: str, value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1%}" if isinstance(value, float) and name not in ("threshold", "margin", "from") else str(value)


@app.command()
def nlu(
    file: Path = typer.Argument(help='JSON lines {"text", "intent", "style"?}.'),
    certainty: bool = typer.Option(False, "--certainty", help="Also what confidence is worth, and other thresholds."),
    as_json: bool = AS_JSON,
) -> None:
    """Are intents recognised? Accuracy, macro-F1, each style, the commonest confusions, and how sure the bot is."""
    from evaluation.engine import private_engine
    from evaluation.nlu import measure
    from evaluation.reading import Reading

    with plain_words():
        rows = read_lines(file, {"text", "intent"})
        model, _ = ensure_model(get_settings())
        with private_engine(get_settings(), model) as engine:
            result = measure(rows, lambda text: Reading.of(engine.parse(text)))
    table = Table("measure", "value")
    table.add_row("sentences", str(result["sentences"]))
    table.add_row("accuracy", f"{result['accuracy']:.1%}")
    table.add_row("macro-F1", f"{result['macro_f1']:.1%}")
    for style, figures in result["styles"].items():
        table.add_row(f"style {style} ({figures['sentences']})", f"{figures['accuracy']:.1%}")
    for name in (
        "acted_on",
        "right_when_acted_on",
        "wrong_and_acted_on",
        "asked_back_with_the_right_choice",
        "right_among_first_three",
        "calibration_error",
    ):
        table.add_row(name.replace("_", " "), "–" if result[name] is None else f"{result[name]:.1%}")
    for each in result["confusions"]:
        table.add_row(f"{each['intent']} taken for {each['taken_for']}", str(each["times"]))
    show(result, table, as_json)
    if certainty and not as_json:
        for name in ("by_confidence", "at_thresholds"):
            console().print(table_of(result[name]))


@app.command()
def entities(
    file: Path = typer.Argument(help='JSON lines {"text", "now", "entities"}.'),
    only: list[str] = typer.Option([], help="Measure this value alone, where no other is labelled; may be repeated."),
    as_json: bool = AS_JSON,
) -> None:
    """Are values found and normalised? Precision, recall and F1 of each and overall."""
    from evaluation.entities import VALUES, extract, gold_rows, measure

    unknown = sorted({*only} - {*VALUES})
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}: the values are {', '.join(VALUES)}", param_hint="--only")
    with plain_words():
        rows = read_lines(file, {"text", "now", "entities"})
        result = measure(gold_rows(rows), extract(get_settings(), rows), only or VALUES)
    table = Table("value", "expected", "answered", "precision", "recall", "F1")
    places = {
        "location, to the character": result["location_to_the_character"],
        "location, lenient": result["location_lenient"],
        "overall, locations to the character": result["overall_with_locations_to_the_character"],
    }
    named = {**result["values"], **(places if "location" in result["values"] else {}), "overall": result["overall"]}
    for name, each in named.items():
        counts = [str(each["expected"]), str(each["answered"])]
        table.add_row(name, *counts, *(f"{each[key]:.1%}" for key in ("precision", "recall", "f1")))
    show(result, table, as_json)


@app.command()
def faq(
    queries: Path = typer.Option(help="TSV question, answer (with --corpus); or JSON lines {text, entry|null}."),
    corpus: Path | None = typer.Option(None, help="TSV question, answer; default: our own knowledge base."),
    scale: int | None = typer.Option(None, min=10, help="Time the questions in a made-up base of so many entries."),
    as_json: bool = AS_JSON,
) -> None:
    """Are questions answered with the right entry? With --scale: how long does one take?"""
    from evaluation.faq import evaluate_corpus, evaluate_entries
    from evaluation.faq_scale import measure_scale

    with plain_words():
        if scale is not None:
            result = measure_scale(scale, queries)
        else:
            result = evaluate_corpus(corpus, queries) if corpus else evaluate_entries(queries)
    table = Table("measure", "value")
    for name, value in result.items():
        table.add_row(name, f"{value:.3f}" if isinstance(value, float) else str(value))
    show(result, table, as_json)


@app.command()
def conversations(
    folder: Path = typer.Argument(help="A folder of scripts, or one script (format: evaluation/script.py)."),
    own: bool = typer.Option(False, "--own", help="Start a stack of its own instead of asking the running one."),
    as_json: bool = AS_JSON,
) -> None:
    """Play scripted dialogues against the running stack; exit code 1 when one differs."""
    from evaluation.conversations import Played, play_all, summary

    def tell(played: Played) -> None:
        if not as_json:
            console().print(
                f"{'ok ' if played.passed else 'NOT'} {played.name}" if played.passed else played.report(), markup=False
            )

    if not folder.exists():
        fail(f"there is no folder {folder}")
    with plain_words():
        if own:
            with _own_stack() as stack:
                urls = (stack.chat_url, stack.staff_url, stack.staff_token)
                played = play_all(folder, *urls, before_each=stack.reset, on_played=tell)
        else:
            played = play_all(folder, *_running(), on_played=tell)
    result = summary(played)
    if not played:
        fail(f"there are no scripts (*.yml) in {folder}")
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        console().print(f"{result['passed']} of {result['scripts']} scripts as expected")
    if result["passed"] < result["scripts"]:
        raise typer.Exit(1)


@app.command()
def load(
    turns: int = typer.Option(100, help="Turns of the single customer."),
    customers: int = typer.Option(32, help="Customers at once in the second part."),
    pause: float = typer.Option(5.0, help="Seconds each of them waits between turns."),
    seconds: float = typer.Option(60.0, help="How long the second part lasts."),
    baseline: bool = typer.Option(
        False, "--baseline", help="Measure bare Rasa with its usual Chinese pipeline beside it."
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Time of a turn through the whole stack, for one customer and for many, and memory. Uses a stack of its own."""
    from evaluation.load import many, single
    from evaluation.memory import memory_of

    with plain_words(), _own_stack() as stack:
        result: dict[str, Any] = {"single": single(stack.chat_url, turns).figures()}
        result["many"] = {
            "customers": customers,
            "pause_s": pause,
            **many(stack.chat_url, customers, pause, seconds).figures(),
        }
        sizes = {name: memory_of([process.pid]) for name, process in stack.running.items()}
        result["memory_mb"] = {name: round(size.pss_mb) for name, size in sizes.items()}
        result["memory_mb"]["all"] = round(sum(size.pss_mb for size in sizes.values()))
        result["memory_rss_mb"] = round(sum(size.rss_mb for size in sizes.values()))
    if baseline:
        from evaluation.baseline import measure_baseline

        with plain_words():
            result["baseline"] = measure_baseline(
                get_settings(), turns=turns, customers=customers, pause=pause, seconds=seconds
            )
    show(result, _load_table(result), as_json)


def _load_table(result: dict[str, Any]) -> Table:
    sides = {"Lipei": result, **({"bare Rasa": result["baseline"]} if "baseline" in result else {})}
    table = Table("measure", *sides)
    for part in ("single", "many"):
        for name in result[part]:
            table.add_row(f"{part}: {name}", *(str(side[part].get(name, "–")) for side in sides.values()))
    table.add_row("memory PSS, MB", *(str(side["memory_mb"]["all"]) for side in sides.values()))
    return table


@contextmanager
def _own_stack() -> Iterator[Stack]:
    prepare(get_settings())
    with tempfile.TemporaryDirectory(prefix="lipei-eval-") as folder, Stack(Path(folder)) as stack:
        yield stack


def _running() -> tuple[str, str, str]:
    """Addresses of the running stack and a staff token for it."""
    from claims.database import unit_of_work
    from claims.errors import ClaimsError
    from claims.staff import issue_token

    settings = get_settings()
    prepare_database()
    try:
        with unit_of_work() as work:
            token = issue_token(work.session, "supervisor01")
            work.commit()
    except ClaimsError:
        fail("the scripts need the demo data. Run: lipei seed --demo")
    return f"http://127.0.0.1:{settings.gateway_port}", f"http://127.0.0.1:{settings.desk_port}", token
