"""The two database steps around one call of the engine, and the receipt for when it takes too long."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from channels.gateway.choices import chosen
from channels.gateway.engine import Said, Turn
from channels.gateway.inbox import Received, Spoken, receive, said_to_engine
from channels.gateway.script import to_script
from channels.gateway.views import Json, messages_json, replies_json
from channels.gateway.wording import say
from claims import attachments, clock, conversations
from claims import turns as remembered
from claims.conversations import OutgoingMessage
from claims.handover.escalate import escalate
from claims.models import Conversation, Message
from claims.upsert import writes_alone
from claims.vocabulary import Author, HandoverReason, InboundKind, InboundState, Mode

logger = logging.getLogger(__name__)

LEASE_SECONDS = 6.0
"""Longer than three renewals, short enough that a killed gateway's customers do not wait for long."""

FETCH_PATIENCE = timedelta(seconds=10)
"""How long a file that is still being fetched holds up what the customer said after it."""

RECEIPT = "receipt:"
_Given, _OfBot = aliased(Message), aliased(Message)


@dataclass(frozen=True, slots=True)
class Step:
    """The next message to be worked on, under the lease of this worker."""

    message_id: int
    turn: Turn
    version: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What was stored for one inbound message. more: another one waits, and the lease was kept for it."""

    message_id: int
    messages: list[Json]
    mode: Mode
    more: bool = False


def begin(session: Session, conversation_id: str, worker: str) -> Step | list[Answered] | None:
    """Take the conversation and its oldest unanswered message; None while another worker has the conversation, or
    while a file that was sent before is on its way from the provider.

    A list instead of a step: nothing is left to do for the bot. It holds the messages that an agent's taking over
    left to the agent. While a customer waits in the queue the bot goes on (docs/decisions/0007).
    """
    if not conversations.take(session, conversation_id, worker, LEASE_SECONDS):
        return None
    waiting = conversations.unanswered(session, conversation_id)
    conversation = conversations.get(session, conversation_id)
    if waiting and attachments.fetching_before(session, conversation_id, waiting[0].id, FETCH_PATIENCE):
        conversations.release(session, conversation_id, worker)
        return None
    if waiting and conversation.mode is not Mode.AGENT:
        return Step(waiting[0].id, _turn(session, conversation, waiting[0]), conversation.version)
    for message in waiting:
        conversations.answer(session, message, [])
    conversations.release(session, conversation_id, worker)
    return [Answered(message.id, [], conversation.mode) for message in waiting]


def _turn(session: Session, conversation: Conversation, message: Message) -> Turn:
    if not remembered.of_message(session, str(message.id)):
        # Nothing was done for it yet. What is awaited now is what the customer answers, also when the message came in
        # while an earlier one was being worked on; from here on it stays as it is, for every resend.
        message.awaiting_then = _awaited(session, conversation, message)
    corrected = message.kind is InboundKind.EDITED
    meant = None if message.is_payload or corrected else chosen(session, conversation, message)
    return Turn(
        conversation=conversation.id,
        message_id=str(message.id),
        text=meant or said_to_engine(message),
        now=message.said_at,
        awaiting=message.awaiting_then,
        payload=message.is_payload or meant is not None,
        channel=conversation.channel,
    )


def _awaited(session: Session, conversation: Conversation, message: Message) -> str | None:
    """What the message answers: what is asked now; for a correction, what its first wording was an answer to."""
    before = (message.details or {}).get("edits")
    edited = session.get(Message, before) if before is not None else None
    return edited.awaiting_then if edited is not None else conversation.awaiting


def give_up(session: Session, step: Step, worker: str) -> Answered:
    """Answer a message that the engine fails on again and again while others pass: a person is asked to see to it."""
    inbound = session.get_one(Message, step.message_id)
    conversation = conversations.get(session, inbound.conversation_id)
    escalate(session, conversation, HandoverReason.BOT_FAILED, message_id=inbound.id)
    return finish(session, step, [Said(say("given_up"), awaiting=inbound.awaiting_then)], worker)


def receive_and_begin(
    session: Session, token: str, spoken: Spoken, worker: str, busy: Callable[[str], bool]
) -> tuple[Received, Step | None]:
    """Store a message and, unless this worker is `busy` in its conversation, begin with it in the same transaction.

    One commit less before the engine is asked: a commit waits for the disk. Only the transaction that stored the
    message begins with it, so that no second one does.
    """
    received = receive(session, token, spoken)
    if not received.waits or not received.is_new or busy(received.conversation_id):
        return received, None
    step = begin(session, received.conversation_id, worker)
    return received, step if isinstance(step, Step) and step.message_id == received.message_id else None


def finish(session: Session, step: Step, said: list[Said], worker: str) -> Answered:
    """Store the bot's replies in the customer's script, unless the conversation changed hands meanwhile (see
    conversations.answer; OwnerChanged where the turn has to be done again).

    Gives the conversation back when nothing more waits, so that the next message finds it free on any gateway.
    """
    inbound = session.get_one(Message, step.message_id)
    conversation = conversations.get(session, inbound.conversation_id)
    replies = [
        OutgoingMessage(
            to_script(each.text, conversation.script),
            [(to_script(title, conversation.script), payload) for title, payload in each.buttons],
            each.awaiting,
        )
        for each in said
    ]
    stored = conversations.answer(session, inbound, replies, version=step.version)
    if len(stored) < len(replies):
        logger.info("replies of the bot withheld: the owner has changed", extra={"message_id": inbound.id})
    session.refresh(conversation, ["mode"])
    more = conversations.any_unanswered(session, conversation.id)
    if not more:
        conversations.release(session, conversation.id, worker)
    return Answered(inbound.id, messages_json(session, stored), conversation.mode, more)


def keep(session: Session, conversation_ids: list[str], worker: str) -> set[str]:
    """Prolong leases while the engine works; the conversations that were lost to another worker."""
    return conversations.keep(session, conversation_ids, worker, LEASE_SECONDS)


def let_go(session: Session, conversation_ids: list[str], worker: str) -> None:
    """Give conversations back at the end of the process."""
    for conversation_id in conversation_ids:
        conversations.release(session, conversation_id, worker)


def answer_or_receipt(session: Session, message_id: int) -> Answered:
    """The answer if it was stored meanwhile, otherwise the receipt: one for each outage in a conversation.

    An outage ends with the bot's next message; until then the receipt that was given is shown again. It also counts
    for all that had come in before it, however long the bot then takes to get there.
    """
    inbound = session.get_one(Message, message_id)
    # The conversation is locked before its messages, as in claims.conversations: else two could wait for each other.
    conversation = session.get_one(Conversation, inbound.conversation_id, with_for_update=True)
    if not writes_alone(session):
        session.refresh(inbound, ["state"])
    if inbound.state is InboundState.ANSWERED:
        return Answered(message_id, replies_json(session, message_id), conversation.mode)
    receipt = session.scalar(_RECEIPT, {"conversation": conversation.id, "message": message_id})
    if receipt is None:
        outgoing = OutgoingMessage(
            to_script(say("receipt"), conversation.script),
            author=Author.SYSTEM,
            provider_id=f"{RECEIPT}{message_id}",
        )
        receipt = conversations.put(session, conversation, outgoing, due=inbound.answer_by)
    return Answered(message_id, messages_json(session, [receipt]), conversation.mode)


def receipts_owed(session: Session, after: timedelta) -> list[int]:
    """Messages on channels that push which have waited for longer than `after` without a receipt: the oldest of each
    conversation. Also those that a killed gateway left behind."""
    now = clock.now()
    return list(
        session.scalars(
            select(func.min(Message.id))
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(
                Message.state == InboundState.RECEIVED,
                Message.created_at <= now - after,
                or_(Message.answer_by.is_(None), Message.answer_by <= now),
                Conversation.pushed,
                ~_receipts(Message.conversation_id, Message.id).exists(),
            )
            .group_by(Message.conversation_id)
        )
    )


def _receipts(conversation_id: ColumnElement[str], message_id: ColumnElement[int]) -> Select[tuple[Message]]:
    """Receipts that a message needs no other beside: given after it came in, or since the bot's last message."""
    receipt = _Given
    last_of_bot = select(func.coalesce(func.max(_OfBot.id), 0)).where(
        _OfBot.conversation_id == conversation_id, _OfBot.author == Author.BOT
    )
    return (
        select(receipt)
        .where(
            receipt.conversation_id == conversation_id,
            receipt.author == Author.SYSTEM,
            receipt.provider_id.like(f"{RECEIPT}%"),
            or_(receipt.id > message_id, receipt.id > last_of_bot.correlate(Message).scalar_subquery()),
        )
        .order_by(receipt.id.desc())
    )


# Made once: asked for each message that waits.
_RECEIPT = _receipts(bindparam("conversation", type_=String), bindparam("message", type_=Integer)).limit(1)
