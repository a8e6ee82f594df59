"""Purposes that tests put into the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from claims.outreach import Due
from claims.vocabulary import OutreachKind
from outreach.purpose import Occasion, Prepared, Purpose, Say, one_by_one

TEXT = "您的案件有新进展。"


def purpose(
    *dues: Due,
    kind: OutreachKind = OutreachKind.SERVICE,
    prepare: Callable[[Session, Occasion], Prepared] | None = None,
    channels: tuple[str, ...] = ("sms", "voice"),
    repeats: tuple[timedelta, ...] = (),
    working_days: bool = False,
    name: str = "test",
) -> Purpose:
    """One that finds these due, and says TEXT unless it is told what."""

    def plan(session: Session, now: datetime) -> Iterable[Due]:
        return [due for due in dues if due.due_at <= now]

    return Purpose(name, kind, plan, one_by_one(prepare or _say), channels, repeats, working_days)


def _say(session: Session, occasion: Occasion) -> Prepared:
    return Say(TEXT)
