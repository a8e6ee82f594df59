"""Words of praise, of blame and of each topic in a sentence. Pure; the lists are in words.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.rules.loading import Rule, read_rules

Floats = npt.NDArray[np.float64]
FILE = Path(__file__).with_name("words.yml")
MOST, LONG = 2, 20
"""More words of a kind than this, or more characters, tell no more."""


class Words(Rule):
    good: tuple[str, ...]
    bad: tuple[str, ...]
    negations: tuple[str, ...]
    topics: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """words.yml."""
    return read_rules(FILE, Words)


def counted(text: str) -> tuple[int, int]:
    """(words of praise, words of blame); one with a "not" right before it counts as the other."""
    known, good, bad = words(), 0, 0
    for kind, praises in ((known.good, True), (known.bad, False)):
        for word in kind:
            place = text.find(word)
            if place < 0:
                continue
            if praises != (text[max(0, place - 1) : place] in known.negations):
                good += 1
            else:
                bad += 1
    return good, bad


def topics_named(text: str) -> list[str]:
    """Topics of which a word stands in the text, in the order of the list."""
    return [topic for topic, named in words().topics.items() if any(word in text for word in named)]


def cues(text: str) -> Floats:
    """The same as numbers: praise, blame, neither, each topic, length."""
    good, bad = counted(text)
    named = set(topics_named(text))
    topics = [float(topic in named) for topic in words().topics]
    return np.array([min(good, MOST), min(bad, MOST), float(good + bad == 0), *topics, min(len(text), LONG) / LONG])
