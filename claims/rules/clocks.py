"""Which service-level clocks run in which part of a claim's life, and when people are warned."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from claims import clock
from claims.clock import SHANGHAI
from claims.rules import service_levels
from claims.rules.calendar import is_working_day
from claims.rules.loading import DATA, Rule, RuleFileError, label, read_rules
from claims.vocabulary import ClaimState, Line

MORNING = time(9, 0)
QUIET_FROM, QUIET_TO = time(21, 0), time(9, 0)
LAST_CALL = time(20, 0)
"""What must be told before the night is told from here on, so that it leaves before 21:00."""


class Lead(Rule):
    """How long before the end: hours on the clock, or the morning of the n-th working day before it."""

    hours: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if (self.hours is None) == (self.working_days is None):
            raise ValueError("give exactly one of hours, working_days")
        return self

    def before(self, due: datetime) -> datetime:
        """The moment, in Asia/Shanghai."""
        local = clock.local(due)
        if self.hours is not None:
            return local - timedelta(hours=self.hours)
        day, left = local.date(), self.working_days or 0
        while left or not is_working_day(day):
            left -= is_working_day(day)
            day -= timedelta(days=1)
        return datetime.combine(day, MORNING, tzinfo=SHANGHAI)


class DelayRule(Rule):
    """What a customer is told when the promise will not be kept. reason is read by the customer."""

    hours: int = Field(gt=0)
    extend_hours: int = Field(gt=0)
    reason: str = Field(min_length=4)

    def told_at(self, due: datetime) -> datetime:
        """When to tell, in Asia/Shanghai: before the end and outside of quiet hours, in the evening before them."""
        local = clock.local(due) - timedelta(hours=self.hours)
        if QUIET_TO <= local.time() < QUIET_FROM:
            return local
        day = local.date() if local.time() >= QUIET_FROM else local.date() - timedelta(days=1)
        return datetime.combine(day, LAST_CALL, tzinfo=SHANGHAI)

    def until(self, due: datetime) -> datetime:
        """The new end."""
        return clock.local(due) + timedelta(hours=self.extend_hours)


class ClockRule(Rule):
    key: str
    name: str
    figure: str
    starts: ClaimState | Literal["materials_complete", "ticket"]
    runs_in: frozenset[ClaimState] = Field(min_length=1)
    lines: frozenset[Line] = frozenset(Line)
    until_told: Literal["progress", "survey"] | None = None
    for_days: int | None = Field(default=None, gt=0)
    warn: Lead
    delay: DelayRule | None = None

    def due(self, start: datetime) -> datetime:
        """When the promise ends if it began at `start` (aware)."""
        return service_levels.figure(self.figure).due(start)


class Clocks(Rule):
    clocks: tuple[ClockRule, ...] = Field(min_length=1)


@cache
def load(directory: Path) -> Clocks:
    """clocks.yml of a rule directory; RuleFileError if it is wrong or names an unknown figure."""
    path = directory / "clocks.yml"
    rules = read_rules(path, Clocks)
    figures = service_levels.load(directory).figures
    seen: set[str] = set()
    for rule in rules.clocks:
        if rule.figure not in figures:
            raise RuleFileError(f"{label(path)}: {rule.key}: {rule.figure} is not one of the figures")
        if rule.key in seen:
            raise RuleFileError(f"{label(path)}: {rule.key} is given twice")
        seen.add(rule.key)
    return rules


def rules() -> tuple[ClockRule, ...]:
    """All clocks, in the order of a claim's life."""
    return load(DATA).clocks


def rule(key: str) -> ClockRule:
    """KeyError when there is no clock of that name."""
    return next((each for each in rules() if each.key == key), None) or _missing(key)


def _missing(key: str) -> ClockRule:
    raise KeyError(key)
