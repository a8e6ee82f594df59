"""The audit trail: who did what, chained so that a change afterwards is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.crypto import audit_mac
from claims.errors import AuditBroken
from claims.models.audit import AuditEntry, AuditHead
from claims.upsert import insert_into

_RECORDED = "lipei_audit"
_HEAD = 1
_START = "0" * 64


def record(session: Session, actor: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
    """Note an act; it is written when the transaction commits, and only then.

    Written last, because the end of the chain is locked from there to the commit: every transaction takes that lock
    after all others, so two of them cannot wait for each other.
    """
    entry = {"at": clock.now(), "actor": actor, "action": action, "subject": subject, "detail": detail or {}}
    session.info.setdefault(_RECORDED, []).append(entry)


def forget_recorded(session: Session) -> None:
    """Drop what was noted in a transaction that was undone."""
    session.info.pop(_RECORDED, None)


def write_recorded(session: Session) -> None:
    """Append what was noted to the chain. Called before each commit."""
    recorded: list[dict[str, Any]] = session.info.pop(_RECORDED, [])
    if not recorded:
        return
    session.flush()
    head = _locked_head(session)
    for values in recorded:
        head.last += 1
        entry = AuditEntry(id=head.last, previous_hash=head.hash, **values)
        entry.hash = head.hash = _seal(entry)
        session.add(entry)
    session.flush()


def listing(
    session: Session,
    *,
    limit: int = 100,
    before: int | None = None,
    actor: str | None = None,
    subject: str | None = None,
    action: str | None = None,
) -> list[AuditEntry]:
    """Entries, the newest first, of this actor, subject or action; before: those with a lower id."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    for column, wanted in ((AuditEntry.actor, actor), (AuditEntry.subject, subject), (AuditEntry.action, action)):
        if wanted:
            query = query.where(column == wanted)
    if before is not None:
        query = query.where(AuditEntry.id < before)
    return list(session.scalars(query))


def verify(session: Session) -> int:
    """Read the whole trail; the number of entries when it is whole, AuditBroken naming the first bad entry if not."""
    expected_id, previous = 1, _START
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=500)):
        if entry.id != expected_id:
            raise AuditBroken(f"audit entry {expected_id} is missing")
        if entry.previous_hash != previous or entry.hash != _seal(entry):
            raise AuditBroken(f"audit entry {entry.id} was changed after it was written")
        expected_id, previous = entry.id + 1, entry.hash
    head = session.get(AuditHead, _HEAD)
    last, last_hash = (head.last, head.hash) if head else (0, _START)
    if (last, last_hash) != (expected_id - 1, previous):
        raise AuditBroken(f"the audit trail should end with entry {last} and ends with entry {expected_id - 1}")
    return last


def _locked_head(session: Session) -> AuditHead:
    session.execute(insert_into(session, AuditHead).values(id=_HEAD, last=0, hash=_START).on_conflict_do_nothing())
    return session.scalars(
        select(AuditHead).where(AuditHead.id == _HEAD).with_for_update().execution_options(populate_existing=True)
    ).one()


def _seal(entry: AuditEntry) -> str:
    at: datetime = entry.at
    content = [
        entry.id,
        entry.previous_hash,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.action,
        entry.subject,
        entry.detail,
    ]
    return audit_mac(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
