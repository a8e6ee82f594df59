"""How a customer feels, as far as the words say so: signs with weights, a fraction of a millisecond a message.

Not whether something bad happened: who tells of a loss calmly is calm. The weights are fitted and measured by
`lipei eval mood`; figures in docs/understanding.md.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from claims.normalise import simplified
from claims.rules.loading import DATA, Rule, read_rules


class Mood(StrEnum):
    """DANGER: the words speak of harming oneself."""

    CALM = "calm"
    ANGRY = "angry"
    DESPERATE = "desperate"
    DANGER = "danger"


class Sign(Rule):
    """words: regular expressions, any of which is the sign."""

    weight: float
    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(self.words), re.IGNORECASE)


class Scale(Rule):
    """Signs of one mood; `score` above zero means it."""

    bias: float
    signs: dict[str, Sign]

    def score(self, text: str) -> float:
        return self.bias + sum(sign.weight for sign in self.signs.values() if sign.pattern.search(text))

    def seen(self, text: str) -> list[bool]:
        """Which signs the text shows, in the order of the file."""
        return [sign.pattern.search(text) is not None for sign in self.signs.values()]


class MoodRules(Rule):
    angry: Scale
    desperate: Scale
    danger: Scale


@cache
def load(directory: Path) -> MoodRules:
    """mood.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "mood.yml", MoodRules)


def mood(text: str) -> Mood:
    """The gravest mood that the words show."""
    rules, plain = load(DATA), simplified(text)
    if rules.danger.score(plain) > 0:
        return Mood.DANGER
    if rules.desperate.score(plain) > 0:
        return Mood.DESPERATE
    return Mood.ANGRY if rules.angry.score(plain) > 0 else Mood.CALM
