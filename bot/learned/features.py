"""What the tagger's model sees of a character: itself, its neighbours, and the rules' opinion around it."""

from __future__ import annotations

from typing import List, Sequence

from bot.learned.evidence import Character

_EDGE = Character("^", "edge", "^", "^", "^")


def _around(rows: Sequence[Character], index: int) -> List[Character]:
    return [rows[i] if 0 <= i < len(rows) else _EDGE for i in range(index - 3, index + 4)]


def features(rows: Sequence[Character]) -> List[List[str]]:
    """One list of named features a character."""
    out = []
    for index in range(len(rows)):
        near = _around(rows, index)
        text = [row.char for row in near]  # the character itself is text[3]
        names = [f"c{place - 3}={char}" for place, char in enumerate(text)]
        names += [f"p{place - 3}={text[place]}{text[place + 1]}" for place in range(1, 5)]
        names += [f"t={''.join(text[2:5])}", f"l={''.join(text[:3])}", f"r={''.join(text[4:])}"]
        before = "".join(row.char for row in rows[max(0, index - 4) : index])
        after = "".join(row.char for row in rows[index + 1 : index + 5])
        names += [f"q={before}", f"a={after}", f"f={before[-3:]}{text[3]}", f"g={text[3]}{after[:3]}"]
        for place in (2, 3, 4):
            row = near[place]
            names += [f"k{place}={row.kind}", f"u{place}={row.rule}", f"w{place}={row.known}", f"e{place}={row.ends}"]
        for column in (2, 3, 4):
            names.append(f"{column}:" + "|".join(row[column] for row in near[2:5]))
        names.append(f"ue={near[3].rule}|{near[3].ends}|{near[4].ends}")
        out.append(names)
    return out
