"""Reads a sentence family by family, surest first: what one family has taken, the next cannot take again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Callable, Optional

from bot.values import (
    causes,
    counts,
    flags,
    identifiers,
    lines,
    materials,
    money,
    people,
    places,
    plates,
    resolve,
    times,
)
from bot.values.sentence import Sentence

MAX_LENGTH = (
    2000  # a longer message is read up to here: nobody states facts beyond, and the time per message stays bounded
)


Reader = Callable[[Sentence], None]


def read_surer(sentence: Sentence) -> None:
    """Takes the values whose form says what they are."""
    for family in (identifiers, plates, times, counts, money):
        family.read(sentence)


def read_names(sentence: Sentence) -> None:
    """Takes people and places by rules alone."""
    people.read(sentence)
    places.read(sentence)


def extract(
    text: str,
    now: datetime,
    awaiting: Optional[str] = None,
    names: Reader = read_names,
    cause: Reader = causes.read,
) -> list[dict[str, Any]]:
    """Values of one message, in the order they stand, as Rasa entities.

    now is the moment of the message (aware); awaiting is the fact the bot has asked for, which decides what a bare
    number or place means. Values: incident_time ISO 8601 (a date where no hour was said), amount yuan (a number, or
    [low, high]), the rest as in DESIGN.md; helpers police_reported, third_party, injured are booleans.
    confidence_entity is 1.0, or 0.5 for an identity number whose check digit is wrong (better ask again).
    names reads people and places, cause the cause, both by rules unless bot.learned brings a trained reader. Raises ValueError when now is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    sentence = Sentence(text[:MAX_LENGTH], now, awaiting)
    read_surer(sentence)
    names(sentence)
    cause(sentence)
    for family in (lines, materials, flags):
        family.read(sentence)
    return [
        {
            "entity": found.entity,
            "value": found.value,
            "start": found.start,
            "end": found.end,
            "text": text[found.start : found.end],
            "extractor": "values",
            "confidence_entity": 1.0 if found.sure else 0.5,
        }
        for found in resolve.settle(sentence)
    ]
