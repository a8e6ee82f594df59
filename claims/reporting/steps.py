"""What has to happen next in a report. Pure, apart from the claims already in the database handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.facts import Facts
from claims.models import Claim, Policy
from claims.reporting.matching import UNKNOWN
from claims.reporting.summary import Item, items
from claims.rules import cover, questions
from claims.vocabulary import Cause, Line

#: Lines in which a person hurt means that help comes before any form question.
EMERGENCY_LINES = frozenset({None, Line.AUTO, Line.ACCIDENT, Line.PROPERTY, Line.LIABILITY})
#: Hours after which people have been helped, or the fire is out.
HURT_HOURS, DANGER_HOURS = 24, 3
DANGERS = frozenset({Cause.FIRE, Cause.THIRD_PARTY_INJURY, Cause.DEATH})


class Urgency(StrEnum):
    """How soon people need help: now, or some time ago, when the numbers to call are only named."""

    NOW = "now"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for one fact. misses counts the answers to it that could not be used."""

    fact: str
    misses: int = 0
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirm:
    """Everything is there: read it back."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """The cover check found a problem that the customer can do something about."""

    problem: cover.CoverProblem


@dataclass(frozen=True, slots=True)
class AlreadyReported:
    """The same event stands in the database already."""

    claim: Claim


Next = Ask | Confirm | NotCovered | AlreadyReported


def open_questions(facts: Facts, skipped: frozenset[str]) -> list[str]:
    """The facts still to ask for, in order, without those the customer left open."""
    return [name for name in questions.missing(facts) if name not in skipped]


def cover_problem(policy: Policy | None, facts: Facts, now: datetime) -> cover.CoverProblem | None:
    """The cover check, as soon as the facts it needs are there."""
    if policy is None or facts.line is None or facts.incident_time is None:
        return None
    # Without a cause the period can be checked already; with it, line and cause as well.
    return cover.check(cover.terms(policy), facts.line, facts.cause, facts.incident_time, now)


def urgency(facts: Facts, someone_hurt: bool, now: datetime) -> Urgency | None:
    """Whether people may need help: someone said to be hurt, or a fire or worse a short while ago or without a time."""
    if facts.line not in EMERGENCY_LINES:
        return None
    hours = (now - facts.incident_time).total_seconds() / 3600 if facts.incident_time is not None else 0
    if (someone_hurt and hours <= HURT_HOURS) or (facts.cause in DANGERS and hours <= DANGER_HOURS):
        return Urgency.NOW
    return Urgency.EARLIER if someone_hurt else None


def after_cover(facts: Facts, skipped: frozenset[str], misses: int, options: tuple[str, ...]) -> Next:
    """The next question, or the summary when nothing is missing."""
    missing = open_questions(facts, skipped)
    if not missing:
        return Confirm(tuple(items(facts)))
    return Ask(missing[0], misses, options if missing[0] == "policy" else ())


def has_policy(facts: Facts) -> bool:
    """Whether the report names a policy that was found."""
    return facts.policy not in (None, UNKNOWN)
