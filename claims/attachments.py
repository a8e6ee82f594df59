"""Files that customers sent: what is known of them. Storing the bytes is the gateway's work."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from claims import clock
from claims.errors import NotFound
from claims.models import Attachment, AttachmentFetch, Message

FETCH_HOLD = timedelta(seconds=60)
FETCHED = "fetch_stored"
"""Set in `session.info` when a file is to be fetched, so that a fetcher in the same process can be woken."""


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


def fetch_later(session: Session, message: Message, *, source: str, reference: str, name: str = "") -> None:
    """The message's file lies with a provider: `source` names who can fetch it, by `reference`."""
    session.add(
        AttachmentFetch(
            message_id=message.id,
            conversation_id=message.conversation_id,
            source=source,
            reference=reference,
            name=name,
        )
    )
    session.flush()
    session.info[FETCHED] = True


def due_fetches(session: Session, sources: list[str], limit: int) -> list[AttachmentFetch]:
    """Take files to fetch, for one fetcher: commit, fetch, then `fetched` or `fetch_failed`. Taken ones are due again
    after FETCH_HOLD, so that a killed fetcher loses none."""
    now = clock.now()
    due = list(
        session.scalars(
            select(AttachmentFetch)
            .where(AttachmentFetch.source.in_(sources), AttachmentFetch.next_try_at <= now)
            .order_by(AttachmentFetch.next_try_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for each in due:
        each.next_try_at = now + FETCH_HOLD
        each.attempts += 1
    session.flush()
    return due


def any_fetch_due(session: Session, sources: list[str]) -> bool:
    """Whether `due_fetches` would take anything. Only reads."""
    due = select(AttachmentFetch.message_id).where(
        AttachmentFetch.source.in_(sources), AttachmentFetch.next_try_at <= clock.now()
    )
    return session.scalar(due.limit(1)) is not None


def fetch_again(session: Session, message_id: int, seconds: float) -> None:
    """The provider did not give the file this time: ask again after `seconds`."""
    fetch = session.get(AttachmentFetch, message_id)
    if fetch is not None:
        fetch.next_try_at = clock.now() + timedelta(seconds=seconds)
        session.flush()


def fetch_done(session: Session, message_id: int) -> bool:
    """Nothing is left to fetch for this message. False when another fetcher said so before."""
    fetch = session.get(AttachmentFetch, message_id, with_for_update=True)
    if fetch is None:
        return False
    session.delete(fetch)
    session.flush()
    return True


_FETCHING_BEFORE = (
    select(AttachmentFetch.message_id)
    .where(
        AttachmentFetch.conversation_id == bindparam("conversation"),
        AttachmentFetch.message_id < bindparam("message"),
        AttachmentFetch.created_at > bindparam("since"),
    )
    .limit(1)
)


def fetching_before(session: Session, conversation_id: str, message_id: int, patience: timedelta) -> bool:
    """Whether an earlier message of the conversation still waits for its file, and not for longer than `patience`."""
    values = {"conversation": conversation_id, "message": message_id, "since": clock.now() - patience}
    return session.scalar(_FETCHING_BEFORE, values) is not None
