"""Putting into the outbox what is to leave, in the transaction in which it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from claims import clock, contacts, crypto
from claims.models import Conversation, Message, OutboxItem
from claims.models.base import new_id
from claims.upsert import insert_for, insert_into
from claims.vocabulary import Author, OutboxState

NEEDED = frozenset({"one_time_code"})  # what was asked for a moment ago is sent in spite of an opt-out
TALK = {Author.BOT: "reply", Author.AGENT: "agent", Author.SYSTEM: "system"}
"""Purposes of what is said in a conversation: the customer began it, so an opt-out from notices stops none of it."""

FOR_DESKS = frozenset({"handed_over", "handed_in"})
"""Purposes of what goes to another desk and to no customer: an opt-out stops none of it."""

STORED = "outbox_stored"
"""Set in `session.info` when something was stored, so that a sender in the same process can be woken."""


def _next_number(channel: str | BindParameter[str], index: str | BindParameter[str]) -> Any:
    so_far = select(func.coalesce(func.max(OutboxItem.number), 0) + 1)
    return so_far.where(OutboxItem.channel == channel, OutboxItem.address_index == index).scalar_subquery()


@cache
def _store(dialect: str) -> Any:
    """Made once: building it anew for each message costs more than running it."""
    number = _next_number(bindparam("to_channel"), bindparam("to_index"))
    insert = insert_for(dialect, OutboxItem.__table__).values(number=number)
    return insert.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(OutboxItem.id)


def enqueue(
    session: Session,
    *,
    channel: str,
    address: str,
    purpose: str,
    text: str,
    dedupe_key: str,
    quiet_zone: str | None = None,
    asked: bool = False,
) -> OutboxItem | None:
    """Store a notice. None when it was stored before (same dedupe_key) or its address wants no messages.

    quiet_zone: see OutboxItem. asked: the caller has looked for an opt-out in this transaction.
    """
    if purpose not in NEEDED and not asked and contacts.opted_out(session, address=address, channel=channel):
        return None
    item_id = _insert(
        session,
        channel=channel,
        address=address,
        purpose=purpose,
        text=text,
        dedupe_key=dedupe_key,
        quiet_zone=quiet_zone,
    )
    return None if item_id is None else session.get_one(OutboxItem, item_id)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message that was said in a conversation whose channel pushes, on its way out.

    The conversation's row must be locked and fresh: its version is what the sender checks a bot's message against.
    purpose: of what we begin ourselves, which an opt-out stops; None: it belongs to the talk. due: not before this
    moment, because the request that brought the question may take the answer along.
    """

    conversation: Conversation
    message: Message
    purpose: str | None = None
    quiet_zone: str | None = None
    due: datetime | None = None

    def values(self) -> dict[str, Any]:
        """Of its row, but for the address."""
        message = self.message
        return {
            "purpose": self.purpose or TALK[message.author],
            "quiet_zone": self.quiet_zone,
            "text": message.text,
            "dedupe_key": f"message:{message.id}",
            "buttons": [{"title": button["title"], "token": button["token"]} for button in message.buttons] or None,
            "conversation_id": self.conversation.id,
            "message_id": message.id,
            "version": self.conversation.version if message.author is Author.BOT else None,
            "next_try_at": self.due or clock.now(),
        }


def enqueue_message(session: Session, leaving: Leaving) -> None:
    """Store the way out of a message."""
    address = leaving.conversation.address
    if address is not None:
        _insert(session, channel=leaving.conversation.channel, address=address, **leaving.values())


def enqueue_messages(session: Session, leaving: Sequence[Leaving]) -> dict[int, str]:
    """Store the way out of many messages: message id → id of the item."""
    rows = [
        _row(each.conversation.channel, each.conversation.address, **each.values())
        for each in leaving
        if each.conversation.address is not None
    ]
    stored = _insert_all(session, rows)
    return {each.message.id: stored[key] for each in leaving if (key := f"message:{each.message.id}") in stored}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice to be stored; the fields of `enqueue`."""

    channel: str
    address: str
    purpose: str
    text: str
    dedupe_key: str
    quiet_zone: str | None = None


def enqueue_many(session: Session, notices: list[Notice]) -> dict[str, str]:
    """Store notices whose addresses the caller has found to want messages, in this transaction. dedupe_key → id of
    the item, of those that are new."""
    rows = [
        _row(
            notice.channel,
            notice.address,
            purpose=notice.purpose,
            text=notice.text,
            dedupe_key=notice.dedupe_key,
            quiet_zone=notice.quiet_zone,
        )
        for notice in notices
    ]
    return _insert_all(session, rows)


def enqueue_for_desk(
    session: Session, conversation: Conversation, purpose: str, text: str, dedupe_key: str
) -> OutboxItem | None:
    """Store what another desk, which the conversation's channel leads to, is to be told. None when it was before."""
    item_id = _insert(
        session,
        channel=conversation.channel,
        address=conversation.address or "",
        purpose=purpose,
        text=text,
        dedupe_key=dedupe_key,
        conversation_id=conversation.id,
    )
    return None if item_id is None else session.get_one(OutboxItem, item_id)


def _insert(session: Session, *, channel: str, address: str, **values: Any) -> str | None:
    row = _row(channel, address, **values)
    named = {"to_channel": channel, "to_index": row["address_index"]}
    item_id: str | None = session.scalar(_store(session.get_bind().dialect.name), {**row, **named})
    if item_id is not None:
        session.info[STORED] = True
    return item_id


def _insert_all(session: Session, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Rows of `_row`, all with the same columns: dedupe_key → id of those that are new."""
    if not rows:
        return {}
    last = _last_numbers(session, {row["address_index"] for row in rows})
    for row in rows:
        place = row["channel"], row["address_index"]
        row["number"] = last[place] = last.get(place, 0) + 1
    # One statement with many sets of values: written out into one long INSERT it would be compiled anew each time.
    stored = session.execute(
        insert_into(session, OutboxItem)
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(OutboxItem.dedupe_key, OutboxItem.id),
        rows,
    )
    session.info[STORED] = True
    return {row.dedupe_key: row.id for row in stored}


def _last_numbers(session: Session, indexes: set[str]) -> dict[tuple[str, str], int]:
    """(channel, address index) → the highest number so far. Numbers order what goes to one address; two that are
    stored by different processes at the same moment may have the same one, and their ids decide."""
    found = session.execute(
        select(OutboxItem.channel, OutboxItem.address_index, func.max(OutboxItem.number))
        .where(OutboxItem.address_index.in_(indexes))
        .group_by(OutboxItem.channel, OutboxItem.address_index)
    )
    return {(channel, str(index)): number for channel, index, number in found}


def _row(channel: str, address: str, **values: Any) -> dict[str, Any]:
    """All but its number."""
    now = clock.now()
    return {
        "id": new_id(),
        "channel": channel,
        "address": address,
        "address_index": crypto.blind_index(address),
        "state": OutboxState.PENDING,
        "attempts": 0,
        "parts_sent": 0,
        "in_reply": False,
        "next_try_at": now,
        "created_at": now,
        **values,
    }
