"""Replies that staff keep for themselves to use again."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import audit
from claims.errors import BadInput, NotFound
from claims.models import CannedReply, StaffAccount

MOST = 100


def own(session: Session, account: StaffAccount) -> list[CannedReply]:
    """An account's replies, by title."""
    query = select(CannedReply).where(CannedReply.account_id == account.id)
    return list(session.scalars(query.order_by(CannedReply.title, CannedReply.created_at)))


def keep(session: Session, account: StaffAccount, title: str, text: str) -> CannedReply:
    """Keep a reply. BadInput when title or words are missing, or there are too many."""
    if not title.strip() or not text.strip():
        raise BadInput("a reply has a title and words")
    query = select(func.count()).select_from(CannedReply).where(CannedReply.account_id == account.id)
    if (session.scalar(query) or 0) >= MOST:
        raise BadInput(f"no more than {MOST} replies of one's own")
    reply = CannedReply(account_id=account.id, title=title.strip()[:40], text=text.strip()[:1000])
    session.add(reply)
    session.flush()
    audit.record(session, account.login, "reply_kept", f"reply:{reply.id}")
    return reply


def drop(session: Session, account: StaffAccount, reply_id: str) -> None:
    """Throw one away. NotFound when it is not the account's own."""
    reply = session.get(CannedReply, reply_id)
    if reply is None or reply.account_id != account.id:
        raise NotFound("no such reply")
    session.delete(reply)
    session.flush()
    audit.record(session, account.login, "reply_dropped", f"reply:{reply_id}")
