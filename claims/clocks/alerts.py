"""Warnings and breaches: stored once, shown to staff, and mailed to those who watch over the clocks."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock, crypto, outbox
from claims.clocks.running import Clock
from claims.errors import NotFound
from claims.lifecycle import STATE_NAMES
from claims.models import StaffAccount, StaffAlert
from claims.models.base import new_id
from claims.rules import texts
from claims.rules.clocks import rule
from claims.upsert import insert_into
from claims.vocabulary import AlertKind, Role

WORDING = Path(__file__).with_name("wording.yml")
PURPOSE = "staff_alert"
SYSTEM = "clock"
"""Who raised it, in the audit trail."""


def raise_alert(session: Session, running: Clock, kind: AlertKind) -> StaffAlert | None:
    """Store the alert and mail it; None when it was raised before."""
    began, ends = (f"{moment.astimezone(UTC):%Y%m%d%H%M%S}" for moment in (running.started_at, running.due))
    key = f"{running.claim.id}:{running.rule.key}:{began}:{ends}:{kind}"
    alert_id = session.scalar(
        insert_into(session, StaffAlert)
        .values(
            id=new_id(),
            kind=kind,
            claim_id=running.claim.id,
            clock=running.rule.key,
            started_at=running.started_at,
            due_at=running.due,
            dedupe_key=key,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(StaffAlert.id)
    )
    if alert_id is None:
        return None
    alert = session.get_one(StaffAlert, alert_id)
    detail = {"clock": running.rule.key, "due": running.due.isoformat(timespec="seconds")}
    audit.record(session, SYSTEM, f"clock_{kind}", f"claim:{running.claim.number}", detail)
    for address in _watchers(session):
        outbox.enqueue(
            session,
            channel="email",
            address=address,
            purpose=PURPOSE,
            text=text_of(alert),
            dedupe_key=f"alert:{alert.id}:{crypto.blind_index(address)}",
        )
    return alert


def text_of(alert: StaffAlert) -> str:
    """The alert in one sentence for staff, with the state in which the claim is now."""
    due = clock.local(alert.due_at)
    return texts.fill(
        WORDING,
        alert.kind,
        claim_no=alert.claim.number,
        clock=rule(alert.clock).name,
        due=f"{due.month}月{due.day}日 {due:%H:%M}",
        state=STATE_NAMES[alert.claim.state],
    )


def say(name: str) -> str:
    """A word for staff on what was done with a clock."""
    return texts.fill(WORDING, name)


def listing(session: Session, *, unseen: bool = False, limit: int = 200) -> list[StaffAlert]:
    """The alerts, newest first; unseen: only those that nobody has taken note of."""
    query = select(StaffAlert).order_by(StaffAlert.created_at.desc(), StaffAlert.id).limit(limit)
    return list(session.scalars(query.where(StaffAlert.seen_at.is_(None)) if unseen else query))


def see(session: Session, alert_id: str, actor: str) -> StaffAlert:
    """Somebody has taken note of it; the first one counts. NotFound when there is none."""
    alert = session.get(StaffAlert, alert_id)
    if alert is None:
        raise NotFound("no such alert")
    if alert.seen_at is None:
        alert.seen_at, alert.seen_by = clock.now(), actor
        session.flush()
        audit.record(session, actor, "alert_seen", f"alert:{alert.id}")
    return alert


def _watchers(session: Session) -> list[str]:
    query = select(StaffAccount).where(StaffAccount.role == Role.SUPERVISOR, StaffAccount.active)
    return sorted({account.email for account in session.scalars(query) if account.email})
