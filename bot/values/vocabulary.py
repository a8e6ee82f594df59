"""Word lists of bot/values/data, read once, and spaCy's phrase matching over single characters."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"
PUNCTUATION = str.maketrans(
    {"・": "·", "•": "·", "‧": "·", "—": "-", "–": "-", "〜": "~", "～": "~", "“": '"', "”": '"'}
    # Cantonese characters, each with the one that stands for it in the common language
    | dict(zip("冇咗喺嘅嚟佢哋俾畀啲嗰睇揸攞偸仟佰著", "没了在的来他们被被些那看开拿偷千百着", strict=True))
)


class Hit(NamedTuple):
    """A word of a vocabulary: which entry it stands for and where it was found."""

    name: str
    start: int
    end: int


def lines(file: str) -> list[str]:
    """The words of a text file, one a line; lines that start with # are comments."""
    rows = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


@lru_cache(maxsize=None)
def table(file: str) -> Any:
    """A YAML file of the data folder."""
    import yaml

    return yaml.safe_load((DATA / file).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def typing_errors() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pairs (pattern, replacement of equal length) of usual typing and recogniser errors."""
    pairs = []
    for row in lines("typing_errors.txt"):
        wrong, right = row.split()
        pairs.append((re.compile(wrong), right))
    return tuple(pairs)


@lru_cache(maxsize=None)
def alternatives(file: str) -> str:
    """The words of a text file as one regular-expression alternative, longest first."""
    return "|".join(re.escape(word) for word in sorted(lines(file), key=len, reverse=True))


@lru_cache(maxsize=1)
def _spacy() -> Any:
    import spacy

    return spacy.blank("zh")  # segments by character: token i is character i


@lru_cache(maxsize=None)
def _matcher(file: str) -> Any:
    from spacy.matcher import PhraseMatcher

    nlp = _spacy()
    matcher = PhraseMatcher(nlp.vocab)
    for name, words in table(file).items():
        matcher.add(name, [nlp.make_doc(str(word).upper()) for word in words])
    return matcher


@lru_cache(maxsize=64)
def _doc(text: str) -> Any:
    return _spacy().make_doc(text)


def phrases(file: str, text: str) -> list[Hit]:
    """Words of a YAML vocabulary {entry: [words]} in the text, in order; of overlapping words the longest stands."""
    if not text:
        return []
    matcher = _matcher(file)
    strings = _spacy().vocab.strings
    hits = sorted(
        (Hit(strings[key], start, end) for key, start, end in matcher(_doc(text))),
        key=lambda h: (h.start - h.end, h.start),
    )
    kept: list[Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
