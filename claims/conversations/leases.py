"""Which worker handles a conversation right now, so that a customer's messages are handled one after the other."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from claims import clock
from claims.models import Conversation

# Made once: building them anew, twice a message, costs more than running them.
_NAMED = Conversation.id == bindparam("conversation")
_TAKE = (
    update(Conversation)
    .where(
        _NAMED,
        or_(
            Conversation.lease_until.is_(None),
            Conversation.lease_until <= bindparam("now"),
            Conversation.lease_worker == bindparam("worker"),
        ),
    )
    .values(lease_worker=bindparam("worker"), lease_until=bindparam("until"))
    .returning(Conversation.id)
    .execution_options(synchronize_session=False)
)
_RELEASE = (
    update(Conversation)
    .where(_NAMED, Conversation.lease_worker == bindparam("worker"))
    .values(lease_worker=None, lease_until=None)
    .execution_options(synchronize_session=False)
)


def take(session: Session, conversation_id: str, worker: str, seconds: float) -> bool:
    """Take the conversation for `worker`. False while another worker has it. Commit at once after it.

    The lease ends by itself after `seconds`, so that a killed worker holds nobody up for longer.
    """
    now = clock.now()
    until = now + timedelta(seconds=seconds)
    values = {"conversation": conversation_id, "worker": worker, "now": now, "until": until}
    return session.execute(_TAKE, values).first() is not None


def release(session: Session, conversation_id: str, worker: str) -> None:
    """Give the conversation back; nothing happens when `worker` no longer has it."""
    session.execute(_RELEASE, {"conversation": conversation_id, "worker": worker})


def keep(session: Session, conversation_ids: list[str], worker: str, seconds: float) -> set[str]:
    """Prolong the leases of `worker`; those of these conversations that another worker has by now.

    What another transaction has locked just now is left for the next time: nothing here waits for anything.
    """
    named = Conversation.id.in_(conversation_ids)
    free = list(session.scalars(select(Conversation.id).where(named).with_for_update(skip_locked=True)))
    session.execute(
        update(Conversation)
        .where(Conversation.id.in_(free), Conversation.lease_worker == worker)
        .values(lease_until=clock.now() + timedelta(seconds=seconds))
        .execution_options(synchronize_session=False)
    )
    lost = select(Conversation.id).where(named, Conversation.lease_worker.is_distinct_from(worker))
    return set(session.scalars(lost))
