"""Private notes of staff on a conversation. They have a table of their own, which nothing that sends reads."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit
from claims.errors import BadInput
from claims.models import Conversation, PrivateNote, StaffAccount


def write(session: Session, conversation: Conversation, account: StaffAccount, text: str) -> PrivateNote:
    """Keep a note. BadInput when it is empty."""
    if not text.strip():
        raise BadInput("a note needs words")
    note = PrivateNote(conversation_id=conversation.id, account_id=account.id, text=text.strip())
    session.add(note)
    session.flush()
    audit.record(session, account.login, "private_note_written", f"conversation:{conversation.id}", {"note": note.id})
    return note


def of(session: Session, conversation_id: str) -> list[tuple[PrivateNote, StaffAccount]]:
    """The notes with their authors, oldest first."""
    rows = session.execute(
        select(PrivateNote, StaffAccount)
        .join(StaffAccount, StaffAccount.id == PrivateNote.account_id)
        .where(PrivateNote.conversation_id == conversation_id)
        .order_by(PrivateNote.created_at, PrivateNote.id)
    )
    return [(note, account) for note, account in rows]
