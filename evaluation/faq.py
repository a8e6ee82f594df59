"""Measuring FAQ retrieval: on any table of questions and answers, and on our own knowledge base."""

import csv
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluation.lines import InputError, read_lines
from faq.catalogue import Entry, Source
from faq.errors import FaqError

TOPS = (1, 3, 10)
_OWN_SOURCE = Source(kind="promise", reference="evaluation corpus")


def evaluate_corpus(corpus: Path, queries: Path) -> dict[str, Any]:
    """Search a corpus (TSV: question, answer) with queries (TSV: question, expected answer).

    A query is right within k when the answer of one of the k first entries equals its expected answer. Milliseconds are
    the median of one whole query, encoding included. Raises InputError.
    """
    entries = [
        Entry(id=f"q{number}", category="corpus", question=question, answer=answer, source=_OWN_SOURCE)
        for number, (question, answer) in enumerate(read_pairs(corpus), 1)
    ]
    asked = read_pairs(queries)
    index, build_seconds = _timed(lambda: _corpus_index(entries))
    ranks: list[int] = []
    milliseconds: list[float] = []
    for question, expected in asked:
        hits, seconds = _timed(lambda question=question: index.search(question, max(TOPS)))
        milliseconds.append(seconds * 1000)
        answers = [index.entry(hit.entry_id).answer for hit in hits]
        ranks.append(answers.index(expected) if expected in answers else max(TOPS))
    return {
        "entries": len(entries),
        "queries": len(asked),
        **{f"top_{k}": sum(rank < k for rank in ranks) / len(ranks) for k in TOPS},
        "ms_per_query": round(statistics.median(milliseconds), 1),
        "build_seconds": round(build_seconds, 1),
    }


def evaluate_entries(queries: Path) -> dict[str, Any]:
    """Put questions (JSON lines {"text", "entry": id | null}) to our own knowledge base. Raises InputError.

    Of the questions with an entry: answered rightly, answered wrongly, asked back with the right one among the
    choices, asked back without it, declined. Of those without: declined, asked back, answered. `served` is the share
    of the first that was answered rightly or asked back with the right one; `wrongly_answered` the share of the second
    that got an answer.
    """
    from faq.service import answer, get_index

    rows = read_lines(queries, {"text", "entry"})
    try:
        known = {entry.id for entry in get_index().entries}
        unknown = sorted({row["entry"] for row in rows if row["entry"] is not None} - known)
        if unknown:
            raise InputError(f"{queries}: there is no entry named {', '.join(unknown)}")
        milliseconds: list[float] = []
        outcomes: Counter[str] = Counter()
        for row in rows:
            decision, seconds = _timed(lambda row=row: answer(row["text"]))
            milliseconds.append(seconds * 1000)
            outcomes[outcome(decision, row["entry"])] += 1
    except FaqError as error:
        raise InputError(str(error)) from error
    ours = sum(row["entry"] is not None for row in rows)
    foreign = len(rows) - ours
    served = outcomes["right"] + outcomes["asked_back_right"]
    return {
        "questions": len(rows),
        **{name: outcomes[name] for name in OUTCOMES},
        "served": served / ours if ours else None,
        "answered_wrongly": outcomes["wrong"] / ours if ours else None,
        "rightly_declined_share": outcomes["rightly_declined"] / foreign if foreign else None,
        "wrongly_answered": outcomes["foreign_answered"] / foreign if foreign else None,
        "ms_per_query": round(statistics.median(milliseconds), 1) if milliseconds else None,
    }


OUTCOMES = (
    "right",
    "wrong",
    "asked_back_right",
    "asked_back_wrong",
    "wrongly_declined",
    "rightly_declined",
    "foreign_asked_back",
    "foreign_answered",
)


def outcome(decision: object, expected: str | None) -> str:
    """The name, one of OUTCOMES, of what became of one question."""
    from faq.decide import Answer, AskBack

    if isinstance(decision, Answer):
        if expected is None:
            return "foreign_answered"
        return "right" if decision.entry.id == expected else "wrong"
    if isinstance(decision, AskBack):
        if expected is None:
            return "foreign_asked_back"
        return "asked_back_right" if expected in {entry.id for entry in decision.choices} else "asked_back_wrong"
    return "rightly_declined" if expected is None else "wrongly_declined"


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """The columns question and answer of a TSV file; a header line with these names is optional. Raises InputError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if any(map(str.strip, row))]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text") from error
    columns = (0, 1)
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "question" in names and "answer" in names:
        columns = (names.index("question"), names.index("answer"))
        rows = rows[1:]
    if not rows:
        raise InputError(f"{path} holds no lines with a question and an answer")
    short = [number for number, row in enumerate(rows, 1) if len(row) <= max(columns)]
    if short:
        raise InputError(f"{path}: row {short[0]} has no answer; the columns question and answer are parted by a tab")
    return [(row[columns[0]].strip(), row[columns[1]].strip()) for row in rows]


def _corpus_index(entries: list[Entry]) -> Any:
    from faq.encoder import Embedder
    from faq.store import DiskStore, open_index
    from lipei.settings import get_settings

    settings = get_settings()
    try:
        return open_index(entries, Embedder(settings.encoder), DiskStore(settings.var_dir / "faq" / "corpora"))
    except FaqError as error:
        raise InputError(str(error)) from error


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


on_corpus = evaluate_corpus
on_own = evaluate_entries
