"""Whether a policy covers a loss, as far as that can be said when it is reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from claims.rules.plans import CoverItem
from claims.vocabulary import Cause, Line

# Clocks differ and people round up ("三点" at five to three): so much into the future is still now.
FUTURE_TOLERANCE = timedelta(minutes=15)

# Waiting periods keep out illnesses that were there before; an accident is covered from the first day.
ILLNESS = frozenset({Cause.HOSPITALISATION, Cause.OUTPATIENT, Cause.CRITICAL_ILLNESS})


class CoverProblem(StrEnum):
    """Why a loss is not covered as reported."""

    FUTURE_DATE = "future_date"
    WRONG_LINE = "wrong_line"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    CAUSE_NOT_COVERED = "cause_not_covered"
    WAITING_PERIOD = "waiting_period"


@dataclass(frozen=True, slots=True)
class PolicyTerms:
    """What of a policy decides cover. starts_at and ends_at are aware and the first and last instant in force."""

    number: str
    line: Line
    starts_at: datetime
    ends_at: datetime
    waiting_days: int
    items: tuple[CoverItem, ...]


class PolicyLike(Protocol):
    """What `terms` reads; claims.models.Policy has it."""

    @property
    def number(self) -> str: ...
    @property
    def line(self) -> Any: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def waiting_days(self) -> int: ...
    @property
    def plan(self) -> Sequence[Mapping[str, Any]]: ...


def terms(policy: PolicyLike) -> PolicyTerms:
    """The terms of a stored policy; pydantic.ValidationError names what is wrong with its plan."""
    return PolicyTerms(
        number=policy.number,
        line=Line(policy.line),
        starts_at=policy.starts_at,
        ends_at=policy.ends_at,
        waiting_days=policy.waiting_days or 0,
        items=tuple(CoverItem.model_validate(dict(item)) for item in policy.plan or ()),
    )


def check(
    policy: PolicyTerms, line: Line | None, cause: Cause | None, incident_time: datetime | None, now: datetime
) -> CoverProblem | None:
    """The first reason why the policy does not cover the loss, or None. What is not known yet (None) is not judged.

    Times are aware. A loss in the future is a mistake in the report whatever the policy, so that comes first.
    """
    if incident_time is not None and incident_time > now + FUTURE_TOLERANCE:
        return CoverProblem.FUTURE_DATE
    if line is not None and line != policy.line:
        return CoverProblem.WRONG_LINE
    if incident_time is not None and incident_time < policy.starts_at:
        return CoverProblem.NOT_YET_IN_FORCE
    if incident_time is not None and incident_time > policy.ends_at:
        return CoverProblem.EXPIRED
    if cause is not None and not covering(policy, cause):
        return CoverProblem.CAUSE_NOT_COVERED
    illness = policy.line is Line.HEALTH and cause in ILLNESS
    if illness and incident_time is not None and incident_time < waiting_until(policy):
        return CoverProblem.WAITING_PERIOD
    return None


def waiting_until(policy: PolicyTerms) -> datetime:
    """The first instant after the waiting period."""
    return policy.starts_at + timedelta(days=policy.waiting_days)


def covering(policy: PolicyTerms, cause: Cause) -> tuple[CoverItem, ...]:
    """The covers of a policy that answer for a cause, in the policy's order."""
    return tuple(item for item in policy.items if cause in item.causes)
