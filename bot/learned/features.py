"""What the NER sees of a character: itself, its neighbours, and the rules' opinion around it."""

from __future__ import annotations

from typing import Dict, List, Sequence

from bot.inner.context import Place
from bot.learned.evidence import Character

_EDGE = Character("^", "edge", "^", "^", "^")


def _around(rows: Sequence[Character], index: int) -> List[Character]:
    return [rows[i] if 0 <= i < len(rows) else _EDGE for i in range(index - 3, index + 4)]


def features(rows: Sequence[Character], places: Sequence[Place]) -> List[Dict[str, float]]:
    """Named features with their weights, for each character; the end of a very long sentence has no places."""
    out = [dict.fromkeys(names, 1.0) for names in _names(rows)]
    for named, place in zip(out, places, strict=False):
        named[f"s={place.where}"] = 1.0
        named.update((f"v{number}", value) for number, value in enumerate(place.numbers.tolist()))
    return out


def _names(rows: Sequence[Character]) -> List[List[str]]:
    out = []
    for index in range(len(rows)):
        near = _around(rows, index)
        text = [row.char for row in near]  # the character itself is text[3]
        names = [f"c{place - 3}={char}" for place, char in enumerate(text)]
        names += [f"p{place - 3}={text[place]}{text[place + 1]}" for place in range(1, 5)]
        for place in (2, 3, 4):
            row = near[place]
            names += [f"k{place}={row.kind}", f"u{place}={row.rule}", f"w{place}={row.known}", f"e{place}={row.ends}"]
        for column in (2, 3, 4):
            names.append(f"{column}:" + "|".join(row[column] for row in near[2:5]))
        names.append(f"ue={near[3].rule}|{near[3].ends}|{near[4].ends}")
        out.append(names)
    return out
