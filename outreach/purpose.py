"""What a purpose is: a name, a kind, how to find what is due, and how to make the message.

docs/outreach/adding-a-purpose.md shows how to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from claims.models import DueRow
from claims.outreach import Due
from claims.outreach.people import Person
from claims.vocabulary import OutreachKind

ANY_CHANNEL = ("wechat", "telegram", "sms", "email", "voice")


@dataclass(frozen=True, slots=True)
class Occasion:
    """For the preparer: the due row, to whom, on which channel, and when. person is None for alerts.

    attempt: 1 for the first try, 2 for the second, … gentle: somebody died or was badly hurt; choose soft words.
    """

    row: DueRow
    person: Person | None
    channel: str
    address: str
    attempt: int
    gentle: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Say:
    """Send this on the channel that was chosen. With a `task`, buttons or `awaiting` it begins a talk: the task is put
    on the conversation's stack, and what the customer answers goes to it. buttons: (title, payload)."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    awaiting: str | None = None
    task: dict[str, Any] | None = None

    @property
    def begins_a_talk(self) -> bool:
        """Whether an answer is expected."""
        return bool(self.task or self.buttons or self.awaiting)


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is to be sent: the preparer did all there was to do. reason: a code of claims/outreach/reasons.yml."""

    reason: str = "sent"
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skip:
    """It is not to be sent, now or later. reason: a code, or any word with values={"text": one Chinese sentence}."""

    reason: str = "no_longer"
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """Look at it again then."""

    until: datetime
    reason: str = "planned"
    values: dict[str, Any] = field(default_factory=dict)


Prepared = Say | Done | Skip | Later
Prepare = Callable[[Session, Sequence[Occasion]], Sequence[Prepared]]


def one_by_one(prepare: Callable[[Session, Occasion], Prepared]) -> Prepare:
    """The preparer of a purpose that looks at one occasion at a time: easier to write than one that reads for many at
    once, and as good where messages are few."""
    return lambda session, occasions: [prepare(session, occasion) for occasion in occasions]


@dataclass(frozen=True, slots=True)
class Purpose:
    """One reason to speak to people.

    plan(session, now) gives what is due now or soon, as claims.outreach.Due; what it gives again is ignored, so that
    it may be generous (but leave out what is planned: claims.outreach.unplanned). prepare(session, occasions) makes the
    messages, one for each, in the transaction in which they are stored: what it writes holds exactly when they do.
    channels: on which it may be said, the usual first; what the customer prefers goes before. repeats: pauses after
    which it is tried again, each time on another channel if there is one (none: it is said once). working_days: only
    on days on which people work.
    """

    name: str
    kind: OutreachKind
    plan: Callable[[Session, datetime], Iterable[Due]]
    prepare: Prepare
    channels: tuple[str, ...] = ANY_CHANNEL
    repeats: tuple[timedelta, ...] = ()
    working_days: bool = False
