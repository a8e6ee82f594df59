"""Taking in what a customer says: stored before anything is done with it, once however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from channels.gateway import script
from channels.gateway.problems import Refused
from channels.gateway.views import BUTTON_PREFIX, Json, messages_json, replies_json
from claims import attachments, conversations
from claims.errors import NotFound
from claims.models import Conversation, Message
from claims.upsert import writes_alone
from claims.vocabulary import Author, InboundKind, InboundState, Mode


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing said: words, a button by its opaque token, or an attachment sent before. Exactly one of the three.

    client_id: made up by the client, the same at every resend; None for a message that is never sent again.
    """

    text: str = ""
    token: str = ""
    attachment_id: str = ""
    client_id: str | None = None
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A stored message. waits: the bot will answer it; replies when it was answered before; is_new: no resend."""

    conversation_id: str
    message: Json
    mode: Mode
    waits: bool
    is_new: bool
    replies: list[Json] | None = None

    @property
    def message_id(self) -> int:
        return int(self.message["id"])


def receive(session: Session, token: str, spoken: Spoken) -> Received:
    """Store what the owner of `token` said. Refused for an unknown token, button or attachment."""
    conversation = by_token(session, token)
    text, button = spoken.text, None
    if spoken.token:
        button = _button(session, conversation, spoken.token)
        text = button["title"]
    if spoken.attachment_id:
        _own_attachment(session, conversation, spoken.attachment_id)
    message, is_new = conversations.record_inbound(
        session,
        conversation,
        text=text,
        provider_id=f"{conversation.id}:{spoken.client_id}" if spoken.client_id else None,
        attachment_id=spoken.attachment_id or None,
        is_payload=bool(button or spoken.attachment_id),
        said_at=spoken.said_at,
    )
    if is_new and button:
        message.buttons = [button]
    # Read again: an agent may have taken over while we waited for the conversation's lock.
    if not writes_alone(session):
        session.refresh(conversation, ["mode"])
    if is_new and not button:
        follow_script(session, conversation, message)
    if is_new and conversation.mode is Mode.AGENT:
        conversations.answer(session, message, [])
    waits = message.state is InboundState.RECEIVED
    replies = None if waits else replies_json(session, message.id)
    return Received(conversation.id, messages_json(session, [message])[0], conversation.mode, waits, is_new, replies)


def follow_script(session: Session, conversation: Conversation, message: Message) -> None:
    """Answer from now on in the script that this message is written in, if it tells."""
    earlier = conversation.script == "hans" and script.detect(message.text) == "hant"
    said = conversations.messages_after(session, conversation.id) if earlier else []
    own = [m.text for m in said if m.author is Author.CUSTOMER and m.id != message.id and not m.is_payload]
    if written := script.follows(message.text, wrote_simplified=script.wrote_simplified(own)):
        conversations.set_script(conversation, written)


def by_token(session: Session, token: str) -> Conversation:
    """The conversation a bearer token opens; Refused (401) when it opens none."""
    conversation = conversations.by_token(session, token)
    if conversation is None:
        raise Refused(401, "no_session")
    return conversation


def history(session: Session, token: str, after: int) -> tuple[list[Json], Mode]:
    """Everything said in the conversation after a message id, the customer's own messages too."""
    conversation = by_token(session, token)
    return messages_json(session, conversations.messages_after(session, conversation.id, after)), conversation.mode


def _button(session: Session, conversation: Conversation, token: str) -> dict[str, str]:
    bare = token.removeprefix(BUTTON_PREFIX)
    found = conversations.button_payload(session, conversation.id, bare) if bare != token else None
    if found is None:
        raise Refused(422, "unknown_button")
    payload, title = found
    return {"token": bare, "title": title, "payload": payload}


def _own_attachment(session: Session, conversation: Conversation, attachment_id: str) -> None:
    try:
        attachments.get(session, conversation.id, attachment_id)
    except NotFound:
        raise Refused(422, "unknown_attachment") from None


def said_to_engine(message: Message) -> str:
    """What the engine is given for a stored message: the customer's words, or the command behind what was tapped."""
    if message.attachment_id and message.kind is not InboundKind.VOICE:
        return f'/submit_material{{"attachment_id": "{message.attachment_id}"}}'
    if message.is_payload:
        return str(message.buttons[0]["payload"])
    return message.text
