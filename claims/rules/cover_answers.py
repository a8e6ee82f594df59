"""What a customer's policies say to a question: which of them answers, with which covers, as of now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.rules import causes, cover_names
from claims.rules.cover import ILLNESS, PolicyTerms, covering, waiting_until
from claims.rules.cover_questions import Aspect, CoverQuestion
from claims.rules.plans import CoverItem
from claims.vocabulary import Line


class Standing(StrEnum):
    """Whether a policy is in force now."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Told:
    """What one policy says. items: the covers asked about (all of them when none was named); empty: not insured.

    waiting_until: the first instant after the waiting period, where one matters for what was asked; else None.
    elsewhere: policies in force that do insure what this one does not.
    """

    policy: PolicyTerms
    standing: Standing
    items: tuple[CoverItem, ...]
    waiting_until: datetime | None = None
    elsewhere: tuple[PolicyTerms, ...] = ()


@dataclass(frozen=True, slots=True)
class Which:
    """Several policies could be meant."""

    policies: tuple[PolicyTerms, ...]


@dataclass(frozen=True, slots=True)
class NotHeld:
    """No policy of that line (None: with that number, or none at all); held: what there is instead, in force."""

    line: Line | None
    held: tuple[PolicyTerms, ...]


def answer(question: CoverQuestion, held: Sequence[PolicyTerms], now: datetime) -> Told | Which | NotHeld:
    """Answer from the policies a customer holds: one in force that insures it, else one in force, else the newest."""
    lines = _lines(question)
    meant = (
        [p for p in held if p.number == question.number] if question.number else [p for p in held if p.line in lines]
    )
    if not meant:
        line = None if question.number else question.line or next(iter(lines), None)
        return NotHeld(line, _in_force(held, now))
    in_force = _in_force(meant, now)
    fitting = tuple(p for p in in_force if items(question, p))
    if question.aspect is Aspect.WAITING_PERIOD:
        fitting = tuple(p for p in fitting if p.waiting_days) or fitting
    among = fitting or in_force
    if len(among) > 1 and (fitting or not question.object_named):
        return Which(among)
    policy = among[0] if among else max(meant, key=lambda p: (bool(items(question, p)), p.ends_at))
    return _told(question, policy, held, now)


def items(question: CoverQuestion, policy: PolicyTerms) -> tuple[CoverItem, ...]:
    """The covers of a policy that a question is about."""
    if question.cover is not None:
        return cover_names.items(question.cover, policy)
    if question.cause is not None:
        cause = causes.read_for_line(question.cause, policy.line)
        return covering(policy, cause) if cause is not None else ()
    return policy.items


def standing(policy: PolicyTerms, now: datetime) -> Standing:
    """Whether a policy is in force at an aware moment."""
    if now < policy.starts_at:
        return Standing.NOT_YET
    return Standing.EXPIRED if now > policy.ends_at else Standing.IN_FORCE


def _told(question: CoverQuestion, policy: PolicyTerms, held: Sequence[PolicyTerms], now: datetime) -> Told:
    found = items(question, policy)
    others = () if found else tuple(p for p in _in_force(held, now) if items(question, p))
    return Told(policy, standing(policy, now), found, _waiting(question, policy), others)


def _waiting(question: CoverQuestion, policy: PolicyTerms) -> datetime | None:
    """Waiting periods keep out illnesses only, under a health policy: claims.rules.cover.check decides alike."""
    if not policy.waiting_days or policy.line is not Line.HEALTH:
        return None
    named = cover_names.cover(question.cover).causes if question.cover else ()
    illness = bool(ILLNESS & {question.cause, *named}) or not question.object_named
    return waiting_until(policy) if illness else None


def _lines(question: CoverQuestion) -> Sequence[Line]:
    """Lines of the policies that may be meant, likeliest first."""
    if question.line is not None:
        return [question.line]
    if question.cover is not None:
        return cover_names.cover(question.cover).lines
    return causes.candidate_lines(question.cause) if question.cause is not None else list(Line)


def _in_force(held: Iterable[PolicyTerms], now: datetime) -> tuple[PolicyTerms, ...]:
    return tuple(p for p in held if standing(p, now) is Standing.IN_FORCE)
