"""Lines and causes of loss: their names, which belong together, and which line a cause usually means."""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from claims.rules.loading import DATA, Rule, read_rules
from claims.vocabulary import Cause, Line


class CauseRule(Rule):
    name: str
    lines: tuple[Line, ...]  # which line it usually means when none was named, likeliest first


class LineRule(Rule):
    name: str
    causes: tuple[Cause, ...]  # what may happen under it, as offered to the customer
    names: dict[Cause, str] = Field(default_factory=dict)  # names of causes that differ from the general one
    read_as: dict[Cause, Cause] = Field(default_factory=dict)  # a cause named in the words of another line


class Causes(Rule):
    lines: dict[Line, LineRule]
    causes: dict[Cause, CauseRule]
    same_event: dict[str, frozenset[Cause]]

    @model_validator(mode="after")
    def _complete(self) -> "Causes":
        for line in Line:
            if line not in self.lines:
                raise ValueError(f"line {line} is missing")
        for cause in Cause:
            if cause not in self.causes:
                raise ValueError(f"cause {cause} is missing")
            if not any(cause in group for group in self.same_event.values()):
                raise ValueError(f"cause {cause} is in no group of same_event")
            for line in self.causes[cause].lines:
                if cause not in self.lines[line].causes:
                    raise ValueError(f"cause {cause} names line {line}, which does not list it")
        for line, rule in self.lines.items():
            for said, meant in rule.read_as.items():
                if said in rule.causes or meant not in rule.causes:
                    raise ValueError(f"line {line}: {said} cannot be read as {meant}")
        return self


@cache
def load(directory: Path) -> Causes:
    """causes.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "causes.yml", Causes)


def _rules() -> Causes:
    return load(DATA)


def line_name(line: Line) -> str:
    """Chinese name of a line, for people."""
    return _rules().lines[line].name


def cause_name(cause: Cause, line: Line | None = None) -> str:
    """Chinese name of a cause, for people; in the words of the line if it is given."""
    special = _rules().lines[line].names if line else {}
    return special.get(cause) or _rules().causes[cause].name


def possible_causes(line: Line) -> list[Cause]:
    """What may happen under a line, in the order to offer it."""
    return list(_rules().lines[line].causes)


def candidate_lines(cause: Cause) -> list[Line]:
    """Which lines a cause may mean when none was named, likeliest first."""
    return list(_rules().causes[cause].lines)


def read_for_line(cause: Cause, line: Line) -> Cause | None:
    """The cause in the words of the line (a crash under an accident policy is an injury); None if it does not fit."""
    rule = _rules().lines[line]
    return cause if cause in rule.causes else rule.read_as.get(cause)


def event_groups(cause: Cause) -> frozenset[str]:
    """The kinds of event a cause can be part of."""
    return frozenset(name for name, group in _rules().same_event.items() if cause in group)


def same_kind_of_event(one: Cause, other: Cause) -> bool:
    """Whether two causes may describe one event (a collision and the third party it hurt)."""
    return bool(event_groups(one) & event_groups(other))
