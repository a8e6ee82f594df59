"""Messages to customers: answers, stored together with the mark that the question is answered, and the rest."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from claims import clock, outbox
from claims.conversations.inbound import hold_order
from claims.errors import OwnerChanged
from claims.models import Button, Conversation, Handover, Message
from claims.upsert import writes_alone
from claims.vocabulary import Author, InboundState, Mode

_ANSWERED = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.state == InboundState.RECEIVED)
    .values(state=InboundState.ANSWERED)
    .returning(Message.id)
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message to be stored. `buttons` are (title, payload); payloads stay with us, customers get tokens.

    staff_id: the account that wrote it; provider_id: makes it the same message when it is sent twice.
    """

    text: str
    buttons: tuple[tuple[str, str], ...] | list[tuple[str, str]] = ()
    awaiting: str | None = None
    author: Author = Author.BOT
    attachment_id: str | None = None
    staff_id: str | None = None
    provider_id: str | None = None


def answer(
    session: Session, inbound: Message, replies: list[OutgoingMessage], *, version: int | None = None
) -> list[Message]:
    """Store the replies and mark `inbound` answered, in this transaction. If it was answered before, nothing is
    stored and the earlier replies come back.

    version: of the conversation when the bot began with the message. If it has changed hands since, other than by this
    message's own turn, no reply is stored; OwnerChanged when the bot is to begin anew, because no person has had the
    conversation since the message came.
    """
    session.flush()
    hold_order(session, inbound.conversation_id)
    if version is not None and not _may_answer(session, inbound, version):
        replies = []
    won = session.execute(_ANSWERED, {"message": inbound.id}).first()
    if won is None:
        session.refresh(inbound, ["state"])
        return list(session.scalars(select(Message).where(Message.answers_id == inbound.id).order_by(Message.id)))
    set_committed_value(inbound, "state", InboundState.ANSWERED)
    due = inbound.answer_by
    return [_store(session, inbound.conversation_id, reply, answers_id=inbound.id, due=due) for reply in replies]


def say(
    session: Session,
    conversation: Conversation,
    author: Author,
    text: str,
    *,
    buttons: list[tuple[str, str]] | None = None,
    awaiting: str | None = None,
    due: datetime | None = None,
    purpose: str | None = None,
    quiet_zone: str | None = None,
) -> Message:
    """Store a message that answers nothing in particular: a notice, a receipt. Where the channel pushes, it leaves
    through the outbox as answers do, not before `due`. purpose, quiet_zone: of what we begin ourselves (OutboxItem)."""
    outgoing = OutgoingMessage(text, buttons or [], awaiting, author)
    return put(session, conversation, outgoing, due=due, purpose=purpose, quiet_zone=quiet_zone)


def put(
    session: Session,
    conversation: Conversation,
    outgoing: OutgoingMessage,
    *,
    due: datetime | None = None,
    purpose: str | None = None,
    quiet_zone: str | None = None,
    leaves: bool = True,
) -> Message:
    """The same for a message with more to it. One whose provider_id was stored in this conversation before is that.

    leaves: False where it has reached the customer by another way.
    """
    session.flush()
    hold_order(session, conversation.id)
    if outgoing.provider_id is not None:
        stored = session.scalar(
            select(Message).where(
                Message.channel == conversation.channel,
                Message.provider_id == outgoing.provider_id,
                Message.conversation_id == conversation.id,
            )
        )
        if stored is not None:
            return stored
    return _store(session, conversation.id, outgoing, due=due, purpose=purpose, quiet_zone=quiet_zone, leaves=leaves)


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to be said in one of many conversations; the fields are those of `say`."""

    conversation: Conversation
    outgoing: OutgoingMessage
    purpose: str | None = None
    quiet_zone: str | None = None


def say_all(session: Session, sayings: Sequence[Saying]) -> list[tuple[Message, str | None]]:
    """`say` in many conversations, which the caller holds (`hold_all`). Each message with the id of the outbox item by
    which it leaves; None where nothing is pushed."""
    stored = [_message(saying.conversation, saying.outgoing) for saying in sayings]
    session.add_all(stored)
    session.flush()
    session.add_all(button for message in stored for button in _buttons(message))
    leaving = [
        outbox.Leaving(saying.conversation, message, saying.purpose, saying.quiet_zone)
        for saying, message in zip(sayings, stored, strict=True)
        if saying.conversation.pushed
    ]
    items = outbox.enqueue_messages(session, leaving)
    return [(message, items.get(message.id)) for message in stored]


def messages_after(session: Session, conversation_id: str, after_id: int = 0) -> list[Message]:
    """All messages of the conversation, the customer's own too, with a higher id, oldest first."""
    return list(
        session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id, Message.id > after_id)
            .order_by(Message.id)
        )
    )


def message(session: Session, message_id: int | str | None) -> Message | None:
    """A message by its number, which may come as text; None when there is none."""
    text = str(message_id or "")
    return session.get(Message, int(text)) if text.isascii() and text.isdigit() else None


def button_payload(session: Session, conversation_id: str, token: str) -> tuple[str, str] | None:
    """(payload, title) of a button given out in this conversation; None for any other token."""
    button = session.get(Button, token)
    if button is None or button.conversation_id != conversation_id:
        return None
    offered = session.get_one(Message, button.message_id)
    return next(((b["payload"], b["title"]) for b in offered.buttons if b["token"] == token), None)


def _may_answer(session: Session, inbound: Message, version: int) -> bool:
    """Whether what the bot composed under `version` may be stored. The conversation's row is locked by now."""
    now = session.execute(
        select(Conversation.mode, Conversation.version, Conversation.version_message_id).where(
            Conversation.id == inbound.conversation_id
        )
    ).one()
    own_change = now.version == version + 1 and now.version_message_id == inbound.id
    if now.version == version or (own_change and now.mode is not Mode.AGENT):
        return True
    if now.mode is Mode.AGENT:
        return False
    held_since = select(Handover.id).where(
        Handover.conversation_id == inbound.conversation_id, Handover.taken_at >= inbound.created_at
    )
    if session.scalar(held_since.limit(1)) is not None:
        return False
    raise OwnerChanged("the conversation changed hands during the turn")


def _store(
    session: Session,
    conversation_id: str,
    outgoing: OutgoingMessage,
    *,
    answers_id: int | None = None,
    due: datetime | None = None,
    purpose: str | None = None,
    quiet_zone: str | None = None,
    leaves: bool = True,
) -> Message:
    """The conversation's row is locked by now: what is read of it here is what holds when this is committed."""
    conversation = session.get_one(Conversation, conversation_id, populate_existing=not writes_alone(session))
    stored = _message(conversation, outgoing, answers_id)
    session.add(stored)
    session.flush()
    if stored.buttons:
        session.add_all(_buttons(stored))
        session.flush()
    if conversation.pushed and leaves:
        outbox.enqueue_message(session, outbox.Leaving(conversation, stored, purpose, quiet_zone, due))
    return stored


def _message(conversation: Conversation, outgoing: OutgoingMessage, answers_id: int | None = None) -> Message:
    # While an agent has the conversation the bot has no voice in it: what must be said all the same is a notice.
    silent = outgoing.author is Author.BOT and conversation.mode is Mode.AGENT
    return Message(
        conversation_id=conversation.id,
        author=Author.SYSTEM if silent else outgoing.author,
        text=outgoing.text,
        buttons=[{"token": secrets.token_urlsafe(18), "title": t, "payload": p} for t, p in outgoing.buttons],
        awaiting=outgoing.awaiting,
        channel=conversation.channel,
        attachment_id=outgoing.attachment_id,
        provider_id=outgoing.provider_id,
        answers_id=answers_id,
        version=conversation.version,
        staff_id=outgoing.staff_id,
        said_at=clock.now(),
    )


def _buttons(stored: Message) -> list[Button]:
    """What the customer may press, to be found by its token."""
    return [
        Button(token=button["token"], conversation_id=stored.conversation_id, message_id=stored.id)
        for button in stored.buttons
    ]
