"""Files that customers sent: what is known of them. Storing the bytes is the gateway's work."""

from __future__ import annotations

from sqlalchemy.orm import Session

from claims.errors import NotFound
from claims.models import Attachment


def add(
    session: Session, *, conversation_id: str, sha256: str, mime: str, size: int, path: str, original_name: str = ""
) -> Attachment:
    """Note a stored file. `path` is relative to the attachments folder, `size` in bytes."""
    attachment = Attachment(
        conversation_id=conversation_id, sha256=sha256, mime=mime, size=size, path=path, original_name=original_name
    )
    session.add(attachment)
    session.flush()
    return attachment


def get(session: Session, conversation_id: str, attachment_id: str) -> Attachment:
    """A file of this conversation; NotFound when there is none, or it is another conversation's."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.conversation_id != conversation_id:
        raise NotFound("no such attachment")
    return attachment
