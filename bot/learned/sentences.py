"""The training sentences of the NER: data/tagger/*.txt, one a line, values marked as [春熙路](location)."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import List, NamedTuple, Tuple

from bot.values.sentence import SHANGHAI

MOMENT = datetime(
    2026, 1, 15, 12, 0, tzinfo=SHANGHAI
)  # what is learned of a sentence does not depend on when it is said
ENTITIES = ("location", "person_name")
TEMPLATES = "templates.txt"

_MARK = re.compile(r"\[([^\[\]]+)\]\(([a-z_]+)\)")


class Marked(NamedTuple):
    """A sentence and its values as (start, end, entity), in order."""

    text: str
    spans: Tuple[Tuple[int, int, str], ...]


def parse(line: str) -> Marked:
    """A marked line as text and spans. Raises ValueError for an unknown entity or a bracket left open."""
    text, spans, last = "", [], 0
    for mark in _MARK.finditer(line):
        if mark[2] not in ENTITIES:
            raise ValueError(f"{mark[2]} is none of {', '.join(ENTITIES)}: {line}")
        text += line[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        last = mark.end()
    text += line[last:]
    if re.search(r"[\[\]]|\((?:location|person_name)\)", text):
        raise ValueError(f"a mark is left open: {line}")
    return Marked(text, tuple(spans))


def lines(file: Path) -> List[str]:
    """The lines of a text file without blank ones and comments (#)."""
    rows = (row.strip() for row in file.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row and not row.startswith("#")]


def read(folder: Path) -> List[Marked]:
    """All marked sentences of the folder's .txt files except the templates."""
    files = sorted(file for file in folder.glob("*.txt") if file.name != TEMPLATES)
    return [parse(line) for file in files for line in lines(file)]
