"""`lipei eval feedback`: how well the mood and the topics of customers' own words are read."""

from pathlib import Path

import typer

from lipei.commands.evaluate import AS_JSON, plain_words, show, table_of


def feedback(
    file: Path = typer.Argument(
        Path("evaluation/dev/feedback.jsonl"), help='JSON lines {"text", "mood", "topics"}, none of them learned from.'
    ),
    as_json: bool = AS_JSON,
) -> None:
    """Our reading beside a lexicon and characters alone: mood, problems found, topics."""
    from evaluation.feedback import compare
    from evaluation.lines import read_lines

    with plain_words():
        rows = compare(read_lines(file, {"text", "mood", "topics"}))
    show({"methods": rows}, table_of(rows), as_json)
