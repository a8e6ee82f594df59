"""Opening and finding conversations, and who owns them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from claims import crypto
from claims.errors import NotFound
from claims.models import Conversation
from claims.models.base import new_id
from claims.tokens import new_token, token_hash
from claims.upsert import insert_into
from claims.vocabulary import Mode

Script = Literal["hans", "hant"]

# Statements of every message are made once: building one anew costs more than running it.
_BY_ADDRESS = select(Conversation).where(
    Conversation.channel == bindparam("channel"), Conversation.address_index == bindparam("index")
)


def open_conversation(
    session: Session,
    channel: str,
    address: str | None = None,
    *,
    pushed: bool = False,
    button_limit: int | None = None,
) -> tuple[Conversation, str]:
    """A new conversation and its bearer token (kept as a hash: it cannot be read again).

    With an address (a channel account, a phone) there is one conversation per (channel, address): the one there is
    comes back, and the token is empty, because whoever the channel vouches for needs none. pushed: what is said to it
    leaves through the outbox; button_limit: how many buttons its channel shows (None: any number).
    """
    if address is None:
        token = new_token()
        conversation = Conversation(channel=channel, token_hash=token_hash(token), tasks=[])
        session.add(conversation)
        session.flush()
        return conversation, token
    found = by_address(session, channel, address)
    if found is None:
        return open_all(session, channel, [address], pushed=pushed, button_limit=button_limit)[address], ""
    _can(found, pushed, button_limit)
    return found, ""


def open_all(
    session: Session, channel: str, addresses: Iterable[str], *, pushed: bool, button_limit: int | None
) -> dict[str, Conversation]:
    """The conversations with these addresses of one channel, by address; made where there are none yet."""
    index_of = {address: crypto.blind_index(address) for address in addresses}
    if not index_of:
        return {}
    there = _by_indexes(session, channel, index_of.values())
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "channel": channel,
            "address": address,
            "address_index": index,
            "tasks": [],
            "pushed": pushed,
            "button_limit": button_limit,
        }
        for address, index in index_of.items()
        if index not in there
    ]
    if rows:
        made = insert_into(session, Conversation).on_conflict_do_nothing(index_elements=["channel", "address_index"])
        session.execute(made, rows)
        there |= _by_indexes(session, channel, [row["address_index"] for row in rows])
    if set(index_of.values()) - there.keys():
        raise NotFound("a conversation was removed while it was being opened")
    for conversation in there.values():
        _can(conversation, pushed, button_limit)
    return {address: there[index] for address, index in index_of.items()}


def hold_all(session: Session, conversation_ids: Iterable[str]) -> dict[str, Conversation]:
    """Lock these conversations until the transaction ends and read them anew: what they hold stays true."""
    session.flush()
    held = session.scalars(
        select(Conversation)
        .where(Conversation.id.in_(set(conversation_ids)))
        .order_by(Conversation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {conversation.id: conversation for conversation in held}


def _can(conversation: Conversation, pushed: bool, button_limit: int | None) -> None:
    """What the channel can do may have changed since."""
    if (conversation.pushed, conversation.button_limit) != (pushed, button_limit):
        conversation.pushed, conversation.button_limit = pushed, button_limit


def _by_indexes(session: Session, channel: str, indexes: Iterable[str]) -> dict[str, Conversation]:
    found = select(Conversation).where(Conversation.channel == channel, Conversation.address_index.in_(indexes))
    return {str(conversation.address_index): conversation for conversation in session.scalars(found)}


def by_address(session: Session, channel: str, address: str) -> Conversation | None:
    """The conversation with this channel account."""
    return session.scalar(_BY_ADDRESS, {"channel": channel, "index": crypto.blind_index(address)})


def by_token(session: Session, token: str) -> Conversation | None:
    """The conversation a bearer token opens."""
    return session.scalar(select(Conversation).where(Conversation.token_hash == token_hash(token)))


def get(session: Session, conversation_id: str) -> Conversation:
    """NotFound when there is none."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        raise NotFound("no such conversation")
    return conversation


def set_script(conversation: Conversation, script: Script) -> None:
    """Which characters the customer writes: simplified ('hans') or traditional ('hant')."""
    if conversation.script != script:
        conversation.script = script


def change_mode(
    session: Session, conversation: Conversation, to: Mode, *, version: int, message_id: int | None = None
) -> bool:
    """Hand the conversation to another owner, if nobody did so since `version` was read. False when somebody did.

    message_id: the message whose own turn does so; its answer may still be stored afterwards.
    """
    session.flush()
    changed = session.execute(
        update(Conversation)
        .where(Conversation.id == conversation.id, Conversation.version == version)
        .values(mode=to, version=version + 1, version_message_id=message_id)
        .returning(Conversation.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.refresh(conversation, ["mode", "version", "version_message_id"])
    return changed is not None
