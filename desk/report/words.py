"""The words of the report, and the name of every figure."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims.feedback import TOPICS
from claims.lifecycle import STATE_NAMES
from claims.rules import causes, clocks
from claims.vocabulary import ClaimState, Line

FILE = Path(__file__).with_name("wording.yml")
GROUPS = ("reported_on", "reported_at", "reported", "paid", "time", "kept", "talks", "escalated", "mood", "topic")


@cache
def words() -> dict[str, Any]:
    """Everything in wording.yml."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def say(name: str, **values: object) -> str:
    """One text with its values."""
    return str(words()[name]).format(**values)


def weekday(number: int) -> str:
    """周一 for 0."""
    return str(words()["weekdays"]).split()[number]


def named(kind: str, key: str) -> str:
    """A channel, reason or table by its Chinese name; one that has none keeps its own."""
    return str(words()[kind].get(key, key))


def title(key: str) -> str:
    """The name of a figure."""
    names: dict[str, str] = words()["figures"]
    if key in names:
        return names[key]
    group = next(each for each in GROUPS if key.startswith(f"{each}_"))
    rest = key.removeprefix(f"{group}_")
    match group:
        case "reported_on":
            day = date.fromisoformat(rest)
            return names["reported_on"].format(name=f"{day.month}月{day.day}日")
        case "reported_at":
            number, hour = rest.split("_")
            return names["reported_at"].format(name=f"{weekday(int(number))}{hour}时")
        case "reported" if rest in words()["tiers"]:
            return names["reported_tier"].format(name=words()["tiers"][rest])
        case "reported" | "paid":
            return names[f"{group}_line"].format(name=causes.line_name(Line(rest)))
        case "time":
            return names["time_state"].format(name=STATE_NAMES[ClaimState(rest)])
        case "kept":
            return names["kept_clock"].format(name=clocks.rule(rest).name)
        case "mood":
            return names["mood_said"].format(name=words()["moods"][rest])
        case "topic":
            return names["topic_said"].format(name=TOPICS.get(rest, rest))
        case "talks":
            return names["talks_channel"].format(name=named("channels", rest))
        case _:
            return names["escalated_reason"].format(name=named("reasons", rest))
