"""The sentences that the reading is learned from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "train.tsv"


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence, its mood and its topics."""

    text: str
    mood: str
    topics: frozenset[str]


@cache
def examples(file: Path = FILE) -> tuple[Example, ...]:
    """Every line of the file; ValueError for one that has not three columns."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mood, topics, text = line.split("\t")
            found.append(Example(text, mood, frozenset(topics.split(",")) - {"-"}))
    return tuple(found)
