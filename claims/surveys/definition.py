"""Surveys as data: questions with their written and spoken words, branching, and what counts as a problem."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from claims.rules.loading import Rule, read_rules

SURVEYS = Path(__file__).parent / "data"
OVERALL = "overall"
"""The question whose score counts for the figures; every survey has it."""
NOTHING = "nothing"
"""The value of a question for free words that the customer left empty."""
SCALE = ("1", "2", "3", "4", "5")
Kind = Literal["scale", "choice", "text"]


class Words(Rule):
    """What is written and, where it differs, what is said on the phone."""

    text: str
    spoken: str | None = None

    def on(self, channel: str) -> str:
        """The words for this channel."""
        return self.spoken or self.text if channel == "voice" else self.text


class Test(Rule):
    """Holds for a score in a range, or for one of these values."""

    at_most: int | None = None
    at_least: int | None = None
    one_of: tuple[str, ...] | None = Field(default=None, alias="is")

    def holds(self, value: str | None) -> bool:
        """For what was answered; not for what was not."""
        if value is None:
            return False
        if self.one_of is not None:
            return value in self.one_of
        if not value.isdigit():
            return False
        score = int(value)
        return (self.at_most is None or score <= self.at_most) and (self.at_least is None or score >= self.at_least)


class When(Test):
    """A test of an earlier answer."""

    question: str


class Choice(Rule):
    key: str
    title: str = Field(max_length=20)


class Question(Words):
    """when: asked only then (None: always). problem: the answers to which a ticket is opened."""

    key: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    when: When | None = None
    problem: Test | None = None

    @model_validator(mode="after")
    def _choices(self) -> Question:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"{self.key}: a choice, and only a choice, has choices")
        if len(self.choices) > 9:
            raise ValueError(f"{self.key}: more choices than a telephone has keys")
        return self

    @property
    def values(self) -> tuple[str, ...]:
        """What may be answered, besides free words."""
        if self.kind == "scale":
            return SCALE
        return tuple(choice.key for choice in self.choices) or (NOTHING,)


class Survey(Rule):
    """round: 1, or 2 for what is asked after a ticket. points: granted when it is finished."""

    name: str
    version: str
    round: Literal[1, 2]
    points: int = Field(ge=0)
    opening: Words
    questions: tuple[Question, ...] = Field(min_length=1)
    thanks: Words

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Survey:
        earlier: dict[str, Question] = {}
        for question in self.questions:
            if question.key in earlier:
                raise ValueError(f"{question.key} is asked twice")
            if question.when is not None:
                asked = earlier.get(question.when.question)
                if asked is None:
                    raise ValueError(f"{question.key} depends on {question.when.question}, which is not asked before")
                if question.when.one_of and not set(question.when.one_of) <= set(asked.values):
                    raise ValueError(f"{question.key} depends on an answer that {asked.key} does not have")
            earlier[question.key] = question
        if OVERALL not in earlier or earlier[OVERALL].kind != "scale" or earlier[OVERALL].when is not None:
            raise ValueError(f"every survey asks everybody for the score {OVERALL}")
        return self

    def next(self, answers: Mapping[str, str | None]) -> Question | None:
        """The first question that is to be asked and has no answer; None at the end. answers: question → value."""
        for question in self.questions:
            if question.key in answers:
                continue
            if question.when is None or question.when.holds(answers.get(question.when.question)):
                return question
        return None

    def question(self, key: str) -> Question | None:
        """None when there is none of this key."""
        return next((question for question in self.questions if question.key == key), None)


@cache
def surveys(directory: Path = SURVEYS) -> dict[str, Survey]:
    """Name → survey of every file; RuleFileError when one is wrong."""
    found = {}
    for file in sorted(directory.glob("*.yml")):
        survey = read_rules(file, Survey)
        found[survey.name] = survey
    return found


def load(directory: Path) -> None:
    """For the check at start (claims.rules.startup): the surveys have a folder of their own."""
    surveys()
