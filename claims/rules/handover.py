"""People at the desk, as data: their hours, how long things may take, which claims are major."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.rules.calendar import is_working_day
from claims.rules.loading import DATA, Rule, read_rules
from claims.rules.service_levels import Figure
from claims.vocabulary import Cause, Priority
from lipei.settings import get_settings

Hours = Literal["calendar", "always"]


class Day(Rule):
    """Opening hours of one kind of day."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_order(self) -> Day:
        if self.opens >= self.closes:
            raise ValueError("a day closes after it opens")
        return self


class Days(Rule):
    working_days: Day
    rest_days: Day


class Waiting(Rule):
    minutes_each: int = Field(gt=0)
    history_days: int = Field(gt=0)
    history_least: int = Field(gt=0)
    late_after_minutes: int = Field(gt=0)


class Silence(Rule):
    agent_minutes: int = Field(gt=0)
    customer_minutes: int = Field(gt=0)


class Callbacks(Rule):
    slot_minutes: int = Field(gt=0)
    notice_minutes: int = Field(ge=0)
    days_ahead: int = Field(gt=0)
    offered: int = Field(gt=0)


class Complaints(Rule):
    answer: Figure
    law: Figure


class Major(Rule):
    causes: frozenset[Cause]
    injured_at_least: int = Field(gt=0)
    loss_at_least: Decimal = Field(gt=0)


class HandoverRules(Rule):
    hours: Days
    presence_minutes: int = Field(gt=0)
    waiting: Waiting
    first_response_seconds: dict[Priority, int]
    silence: Silence
    callbacks: Callbacks
    complaints: Complaints
    low_rating_at_most: int = Field(ge=1, le=4)
    major: Major

    @model_validator(mode="after")
    def _complete(self) -> HandoverRules:
        if missing := [each for each in Priority if each not in self.first_response_seconds]:
            raise ValueError(f"first_response_seconds has no {', '.join(missing)}")
        return self


@cache
def load(directory: Path) -> HandoverRules:
    """handover.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "handover.yml", HandoverRules)


def rules() -> HandoverRules:
    """The rules in force."""
    return load(DATA)


def open_at(moment: datetime, hours: Hours | None = None) -> bool:
    """Whether the desk is open then (aware). `hours` "always": at any time; default: LIPEI_SERVICE_HOURS."""
    if (hours or get_settings().service_hours) == "always":
        return True
    there = moment.astimezone(SHANGHAI)
    day = _day(there)
    return day.opens <= there.time() < day.closes


def slots(now: datetime, count: int | None = None) -> list[datetime]:
    """The next times at which a callback may begin (aware, Asia/Shanghai), the earliest first. Always by the calendar:
    nobody wants to be called at night, whenever the desk is open."""
    rule = rules().callbacks
    step = timedelta(minutes=rule.slot_minutes)
    begin = now.astimezone(SHANGHAI) + timedelta(minutes=rule.notice_minutes)
    moment = begin.replace(minute=0, second=0, microsecond=0)
    found: list[datetime] = []
    while len(found) < (count or rule.offered):
        if moment >= begin and callable_at(moment, now):
            found.append(moment)
        moment += step
    return found


def callable_at(moment: datetime, now: datetime) -> bool:
    """Whether a callback may be promised for this time: far enough ahead, not too far, within hours to its end."""
    rule, there = rules().callbacks, moment.astimezone(SHANGHAI)
    if not now + timedelta(minutes=rule.notice_minutes) <= moment <= now + timedelta(days=rule.days_ahead):
        return False
    day = _day(there)
    ends = (there + timedelta(minutes=rule.slot_minutes)).time()
    return day.opens <= there.time() and there.time() < ends <= day.closes


def is_major(facts: Facts) -> bool:
    """Whether these facts make a claim a major one 重大案件, by severity or amount."""
    rule = rules().major
    return (
        facts.cause in rule.causes
        or (facts.injured_count or 0) >= rule.injured_at_least
        or (facts.loss_estimate is not None and facts.loss_estimate >= rule.loss_at_least)
    )


def _day(there: datetime) -> Day:
    hours = rules().hours
    return hours.working_days if is_working_day(there.date()) else hours.rest_days
