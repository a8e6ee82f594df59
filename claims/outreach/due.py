"""Rows of what is due: planned under a unique key, taken under a lease, settled in the transaction of the effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from claims import clock
from claims.models import DueRow, Touch
from claims.models.base import new_id
from claims.upsert import insert_into
from claims.vocabulary import DueState, OutreachKind

LEASE = timedelta(seconds=60)
"""How long a worker has what it took. One that is killed loses nothing: it is due again after this."""
MOST_TAKES = 8
"""How often a row may be taken without coming to anything before it is given up."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be said, as a purpose's planner finds it. Fields as in claims.models.DueRow; `key` need only be
    unique within the purpose."""

    key: str
    due_at: datetime
    subject: str | None = None
    customer_id: str | None = None
    claim_id: str | None = None
    start_by: datetime | None = None
    expires_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def plan(session: Session, purpose: str, kind: OutreachKind, dues: Iterable[Due]) -> int:
    """Store what is due, each key once for ever; how many are new."""
    now, new = clock.now(), 0
    rows = [
        {
            "id": new_id(),
            "purpose": purpose,
            "kind": kind,
            "key": f"{purpose}:{due.key}",
            "subject": due.subject,
            "customer_id": due.customer_id,
            "claim_id": due.claim_id,
            "facts": due.facts,
            "due_at": due.due_at,
            "start_by": due.start_by,
            "expires_at": due.expires_at,
            "state": DueState.WAITING,
            "next_at": due.due_at,
            "takes": 0,
            "tries": 0,
            "created_at": now,
        }
        for due in dues
    ]
    for first in range(0, len(rows), _AT_ONCE):
        stored = session.scalars(
            insert_into(session, DueRow).on_conflict_do_nothing(index_elements=["key"]).returning(DueRow.id),
            rows[first : first + _AT_ONCE],
        )
        new += len(list(stored))
    return new


def unplanned(purpose: str, subject: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """For a planner's query: what has no row of this purpose about this subject yet."""
    return ~exists().where(DueRow.purpose == purpose, DueRow.subject == subject)


def take(session: Session, worker: str, limit: int) -> list[str]:
    """Take up to `limit` rows that are due, those that waited longest first; their ids. Commit at once after it.

    Two workers never take the same one: rows that another takes just now are skipped on PostgreSQL, SQLite has one
    writer at a time, and on both a row is taken only while it is still due.
    """
    now = clock.now()
    due = (DueRow.state == DueState.WAITING, DueRow.next_at <= now)
    free = list(
        session.scalars(
            select(DueRow.id).where(*due).order_by(DueRow.next_at).limit(limit).with_for_update(skip_locked=True)
        )
    )
    if not free:
        return []
    return list(
        session.scalars(
            update(DueRow)
            .where(DueRow.id.in_(free), *due)
            .values(worker=worker, next_at=now + LEASE, takes=DueRow.takes + 1)
            .returning(DueRow.id)
            .execution_options(synchronize_session=False)
        )
    )


def held(session: Session, ids: list[str], worker: str) -> list[DueRow]:
    """Of these rows those that `worker` still has, locked until the transaction ends; longest waiting first.

    Waits for locks: another worker's `take` that began before ours was committed holds our rows for a moment, though it
    leaves them to us (PostgreSQL locks a row first and looks at its newest version then). Skipped, they would lie until
    the lease ends.
    """
    return list(
        session.scalars(
            select(DueRow)
            .where(DueRow.id.in_(ids), DueRow.worker == worker, DueRow.state == DueState.WAITING)
            .order_by(DueRow.due_at, DueRow.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def let_go(session: Session, ids: list[str], worker: str) -> None:
    """Give back what was taken and not worked on: due again at once."""
    session.execute(
        update(DueRow)
        .where(DueRow.id.in_(ids), DueRow.worker == worker, DueRow.state == DueState.WAITING)
        .values(worker=None, next_at=clock.now(), takes=DueRow.takes - 1)
        .execution_options(synchronize_session=False)
    )


def any_due(session: Session) -> bool:
    """Whether `take` would take anything. Only reads."""
    query = select(DueRow.id).where(DueRow.state == DueState.WAITING, DueRow.next_at <= clock.now())
    return session.scalar(query.limit(1)) is not None


def sent(
    session: Session, row: DueRow, *, channel: str, outbox_id: str | None, segments: int, again_at: datetime | None
) -> Touch:
    """Something was put into the outbox for it; looked at again then, or done when again_at is None."""
    row.tries += 1
    touch = Touch(
        due_id=row.id,
        number=row.tries,
        purpose=row.purpose,
        kind=row.kind,
        customer_id=row.customer_id,
        channel=channel,
        segments=segments,
        outbox_id=outbox_id,
        at=clock.now(),
    )
    session.add(touch)
    if again_at is None:
        finished(row, "sent", {"channel": channel})
    else:
        postponed(row, again_at, "sent_waiting", {"channel": channel})
    return touch


def finished(row: DueRow, reason: str, values: dict[str, Any] | None = None) -> None:
    """Nothing is left to do. values: of the reason's sentence, JSON-ready and not personal."""
    _settle(row, DueState.DONE, reason, values)


def skipped(row: DueRow, reason: str, values: dict[str, Any] | None = None) -> None:
    """It will not be sent, and this is why."""
    _settle(row, DueState.SKIPPED, reason, values)


def postponed(row: DueRow, until: datetime, reason: str, values: dict[str, Any] | None = None) -> None:
    """Not now, and this is why. Looked at again at `until`."""
    row.next_at, row.worker, row.takes = until, None, 0
    row.reason, row.reason_values = reason, values or {}


def backed_off(row: DueRow, error: str) -> None:
    """It failed: tried again after a pause that doubles, given up after MOST_TAKES. error: the kind of failure."""
    if row.takes >= MOST_TAKES:
        _settle(row, DueState.FAILED, "failed", {"error": error})
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(row.takes - 1, 20))
    row.next_at, row.worker = clock.now() + pause, None
    row.reason, row.reason_values = "failing", {"error": error}


def _settle(row: DueRow, state: DueState, reason: str, values: dict[str, Any] | None) -> None:
    row.state, row.worker, row.settled_at = state, None, clock.now()
    row.reason, row.reason_values = reason, values or {}
