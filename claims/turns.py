"""What each action did for each message, so that a message sent twice is answered alike and acted on once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims.errors import TurnTaken
from claims.models import Reply

_OF_MESSAGE = select(Reply).where(Reply.message_id == bindparam("message")).order_by(Reply.created_at)


def remembered(session: Session, message_id: str, action: str) -> dict[str, Any] | None:
    """What `action` answered to this message before; None when it has not run for it."""
    reply = session.get(Reply, (message_id, action))
    return None if reply is None else reply.payload


def of_message(session: Session, message_id: str) -> list[dict[str, Any]]:
    """What the actions that ran for this message so far answered, in the order in which they ran."""
    return [reply.payload for reply in session.scalars(_OF_MESSAGE, {"message": message_id})]


def remember(session: Session, message_id: str, action: str, payload: dict[str, Any]) -> None:
    """Keep the outcome, in the transaction that holds the effect.

    TurnTaken when another worker kept one meanwhile: leave the unit of work without commit, then ask `remembered`.
    """
    session.add(Reply(message_id=message_id, action=action, payload=payload))
    try:
        session.flush()
    except IntegrityError as error:
        raise TurnTaken(f"{action} has already answered message {message_id}") from error
