"""The words names of places are made of: districts, endings, what may follow a name, and where a name cannot begin."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary

_KM = r"(?:[GSX]\d{1,4}(?!\d)[一-龥]{0,6}?(?:高速公路|高速|国道|省道|线)?|国道[\d一二三四五六七八九十]+号?(?:北上|南下|东向|西向|[东南西北]行)?(?:[\d一二三四五六七八九十百]+(?:\.\d)?公里处?)?|(?<![A-Z\d])K\d+(?:\+\d+)?)"
_MAX_NAME = 10


@lru_cache(maxsize=1)
def words() -> dict[str, re.Pattern[str]]:
    words = vocabulary.table("places.yml")
    ends = f"(?P<km>{_KM})|(?P<proper>{words['proper']})|(?P<road>{words['road']})|(?P<site>(?:{words['site']})(?![东南西北中一二三]?(?:路(?!口|边)|街|大道|巷|立交|大桥)))|(?P<area>{words['area']})|(?P<weak>{words['weak']})"
    return {
        "ends": re.compile(ends),
        "generic": re.compile(rf"(?P<generic>{words['generic']})"),
        "after": re.compile(f"(?:{words['after']})"),
        "not_names": re.compile(f"(?:{words['not_names']})"),
        "landmark": re.compile(
            rf"(?<![现正实存不])(?:在|(?<![过出回进下上])去)(?P<name>[一-龥A-Z\d·]{{2,10}}?)(?:(?P<tail>附近|旁边|对面|门口|楼下)|(?={words['verbs']}))"
        ),
    }


@lru_cache(maxsize=1)
def divisions() -> tuple[frozenset[str], int]:
    names = frozenset(vocabulary.lines("divisions.txt"))
    return names, max(map(len, names))


@lru_cache(maxsize=1)
def stops() -> dict[str, list[str]]:
    by_last: dict[str, list[str]] = {}
    for word in vocabulary.lines("place_stops.txt"):
        by_last.setdefault(word[-1], []).append(word)
    return by_last


def division_spans(text: str) -> list[tuple[int, int]]:
    """Where districts of divisions.txt stand; of several that begin together the longest."""
    names, longest = divisions()
    spans, start = list[tuple[int, int]](), 0
    while start < len(text):
        end = next((e for e in range(min(len(text), start + longest), start + 1, -1) if text[start:e] in names), 0)
        if end:
            spans.append((start, end))
        start = end or start + 1
    return spans


def ending_spans(text: str) -> list[tuple[int, int]]:
    """Where words stand with which names of places end, or that are a place without a name."""
    return sorted(match.span() for kind in ("ends", "generic") for match in words()[kind].finditer(text))


def leftmost(text: str, stop: int, floor: int, divisions: list[tuple[int, int]]) -> int:
    """Where a name that ends at stop begins: leftwards to a stop word, a mark, or another value."""
    start = stop
    while start > floor and stop - start < _MAX_NAME:
        inside = next((s for s, e in divisions if s < start <= e and s >= floor), None)
        if inside is not None:
            start = inside
            continue
        char = text[start - 1]
        if not (char.isalnum() or char in "·") or any(
            text.endswith(word, floor, start) for word in stops().get(char, ())
        ):
            break
        start -= 1
    return start


def rightmost(text: str, end: int) -> int:
    """Takes in door, side, crossing, storey, kilometre stone after a name."""
    while True:
        more = words()["after"].match(text, end)
        if not more or more.end() == end:
            return end
        end = more.end()
