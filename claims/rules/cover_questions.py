"""What a customer asks about their own policy: which aspect, of which cover, in which policy."""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator, model_validator

from claims.normalise import simplified
from claims.rules import cover_names
from claims.rules.causes import possible_causes
from claims.rules.loading import DATA, Rule, read_rules
from claims.vocabulary import Cause, Line


class Aspect(StrEnum):
    """What is asked."""

    COVERED = "covered"
    LIMIT = "limit"
    DEDUCTIBLE = "deductible"
    WAITING_PERIOD = "waiting_period"
    EXPIRY = "expiry"
    CONTENTS = "contents"


#: Asked of a policy as a whole: no cover need be named, and the knowledge base cannot know the answer.
FACTS = frozenset({Aspect.LIMIT, Aspect.DEDUCTIBLE, Aspect.EXPIRY, Aspect.CONTENTS})


_CLOSING = " ?？!！。.~～…"


class Words(Rule):
    line: str = Field(min_length=1)
    policy: str = Field(min_length=1)


class Patterns(Rule):
    """Regular expressions, with {line} and {policy} standing for the words of that name."""

    words: Words
    own: tuple[str, ...] = Field(min_length=1)
    general: tuple[str, ...] = ()
    aspects: dict[Aspect, tuple[str, ...]]

    @field_validator("aspects")
    @classmethod
    def _complete(cls, aspects: dict[Aspect, tuple[str, ...]]) -> dict[Aspect, tuple[str, ...]]:
        if missing := [aspect for aspect in Aspect if not aspects.get(aspect)]:
            raise ValueError(f"without a pattern: {', '.join(missing)}")
        return aspects

    @model_validator(mode="after")
    def _compile(self) -> "Patterns":
        for pattern in (*self.own, *self.general, *(p for each in self.aspects.values() for p in each)):
            try:
                self.compiled(pattern)
            except re.error as error:
                raise ValueError(f"{pattern} is no regular expression: {error}") from error
        return self

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """The pattern with its words put in; re keeps what it has compiled."""
        filled = pattern.replace("{line}", f"(?:{self.words.line})").replace("{policy}", f"(?:{self.words.policy})")
        return re.compile(filled)

    def find(self, patterns: tuple[str, ...], text: str) -> bool:
        """Whether one of the patterns is in the text."""
        return any(self.compiled(pattern).search(text) for pattern in patterns)


class CoverQuestion(Rule):
    """A question on a policy. cover is a key of cover_names.yml; where it is known, cause is not.

    own: the customer's own policy is meant in so many words. number and line narrow down which one.
    """

    aspect: Aspect
    own: bool = False
    line: Line | None = None
    cover: str | None = None
    cause: Cause | None = None
    number: str | None = None

    @property
    def object_named(self) -> bool:
        """Whether it is about one cover or cause, and not about the policy as a whole."""
        return self.cover is not None or self.cause is not None

    @property
    def answerable(self) -> bool:
        """Whether a policy can answer it: "is it covered?" needs to say what."""
        return self.object_named or self.aspect is not Aspect.COVERED


@cache
def load(directory: Path) -> Patterns:
    """cover_questions.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "cover_questions.yml", Patterns)


def read(
    text: str, *, line: Line | None = None, cause: Cause | None = None, number: str | None = None
) -> CoverQuestion | None:
    """The question in a customer's words, in either script; None when it is none, or none that a policy can answer.

    line, cause, number: what the engine found in the sentence.
    """
    patterns, words = load(DATA), simplified(text).rstrip(_CLOSING)
    aspect = next((name for name, each in patterns.aspects.items() if patterns.find(each, words)), None)
    if aspect is None or patterns.find(patterns.general, words):
        return None
    named = cover_names.named(words, line)
    if named and line and cause in possible_causes(line) and line not in cover_names.cover(named).lines:
        # The name of a cover of another line, for something that the line named knows as a cause of its own.
        named = None
    return CoverQuestion(
        aspect=aspect,
        own=number is not None or patterns.find(patterns.own, words),
        line=(cover_names.line_told(named, words) if named else None) or line,
        cover=named,
        cause=None if named else cause,
        number=number,
    )
