"""What is still to ask in a report: the order of a claims officer, by line and cause, and only what matters."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import model_validator

from claims.facts import FACT_NAMES, Facts
from claims.rules import causes
from claims.rules.conditions import When, holds
from claims.rules.loading import DATA, Rule, read_rules
from claims.vocabulary import Cause, Line


class AskRule(Rule):
    """When a fact is asked: always, or unless the condition is known not to hold."""

    fact: str
    when: When | None = None

    @model_validator(mode="after")
    def _is_a_fact(self) -> "AskRule":
        if self.fact not in FACT_NAMES:
            raise ValueError(f"{self.fact} is not a fact of a report; those are {', '.join(FACT_NAMES)}")
        return self


class ImpliedRule(Rule):
    """Facts that follow, if not said otherwise, from the line and cause."""

    line: frozenset[Line] | None = None
    cause: frozenset[Cause] | None = None
    third_party: bool | None = None
    injured_count: int | None = None

    def applies(self, facts: Facts) -> bool:
        return (self.line is None or facts.line in self.line) and (self.cause is None or facts.cause in self.cause)


class Questions(Rule):
    why: dict[str, str]
    unknown_line: tuple[AskRule, ...]
    lines: dict[Line, tuple[AskRule, ...]]
    implied: tuple[ImpliedRule, ...]

    @model_validator(mode="after")
    def _complete(self) -> "Questions":
        if set(self.why) != set(FACT_NAMES):
            raise ValueError(f"why must say for each fact, exactly: {', '.join(FACT_NAMES)}")
        for line in Line:
            asked = [rule.fact for rule in self.lines.get(line, ())]
            if not asked:
                raise ValueError(f"line {line} has no questions")
            if len(asked) != len(set(asked)):
                raise ValueError(f"line {line} asks a fact twice; give one rule with a list of conditions")
        return self


@cache
def load(directory: Path) -> Questions:
    """questions.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "questions.yml", Questions)


def _rules() -> Questions:
    return load(DATA)


def missing(facts: Facts) -> list[str]:
    """Names of the facts still to ask, first to be asked first. Facts that follow from others are not asked.

    A cause that cannot happen under the line counts as not said. Ask again after each answer: answers change the list.
    """
    known = implied(facts)
    return [rule.fact for rule in _asks(known) if _is_open(rule.fact, known) and holds(rule.when, known) is not False]


def _asks(facts: Facts) -> Iterable[AskRule]:
    return _rules().unknown_line if facts.line is None else _rules().lines[facts.line]


def _is_open(fact: str, facts: Facts) -> bool:
    if fact == "cause" and facts.cause is not None and facts.line is not None:
        return causes.read_for_line(facts.cause, facts.line) is None
    value = getattr(facts, fact)
    return value is None or value == ""


def implied(facts: Facts) -> Facts:
    """The same facts with those that follow from them: the line of a cause that has only one, the cause in the words
    of the line, a third party where the cause names one. Nothing else that was said is changed; doing it twice
    changes nothing more."""
    if facts.line is None and facts.cause is not None:
        lines = causes.candidate_lines(facts.cause)
        if len(lines) == 1:
            facts = facts.with_(line=lines[0])
    if facts.line is not None and facts.cause is not None:
        facts = facts.with_(cause=causes.read_for_line(facts.cause, facts.line) or facts.cause)
    for rule in _rules().implied:
        if rule.applies(facts):
            follows: dict[str, Any] = rule.model_dump(include={"third_party", "injured_count"}, exclude_none=True)
            facts = facts.with_(**{name: value for name, value in follows.items() if getattr(facts, name) is None})
    return facts


def why(fact: str) -> str:
    """The key of the reply that says why a fact is asked. KeyError if it is not a fact."""
    return _rules().why[fact]


def possible_causes(line: Line | None) -> list[Cause]:
    """The causes to offer when the cause is asked: those of the line, or all while the line is not known."""
    return causes.possible_causes(line) if line is not None else list(Cause)


def possible_lines(facts: Facts) -> list[Line]:
    """The lines to offer when the line is asked: those the cause may mean first, then the others."""
    likely = causes.candidate_lines(facts.cause) if facts.cause is not None else []
    return likely + [line for line in Line if line not in likely]
