"""What a provider's request held, stored in one transaction before anything is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.base import Inbound, Kind
from channels.gateway import files, flood, optout
from channels.gateway.files import Kept
from channels.gateway.inbox import follow_script
from channels.gateway.script import to_script
from channels.gateway.views import BUTTON_PREFIX
from channels.gateway.wording import say
from channels.webhook import Webhook
from claims import attachments, clock, contacts, conversations
from claims.conversations import OutgoingMessage
from claims.models import Conversation, Message
from claims.upsert import writes_alone
from claims.vocabulary import InboundState, Mode

MARGIN = timedelta(milliseconds=300)
"""What the way from the answer to the request that waits for it may take, before the sender comes for it."""

OPENING = frozenset({"greet", "report_claim", "ask_claim_status", "ask_materials", "ask_policy", "request_human"})
"""Intents that an event of a channel (a subscription, an entry of its menu) may open a conversation with."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A message in the database. waits: the bot will answer it. fetches: its file has to be fetched first."""

    conversation_id: str
    message_id: int
    is_new: bool
    waits: bool
    fetches: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message cannot be worked on: the sentence of wording.yml that it is answered with."""

    code: str
    values: dict[str, Any]


def take_in(
    session: Session, webhook: Webhook, said: Sequence[tuple[Inbound, Kept | Refusal | None]], per_minute: int
) -> list[Stored]:
    """Store these messages, each with its file where that came along; in the order given.

    Conversations are locked in the order of their addresses, so that two requests cannot wait for each other.
    """
    stored: dict[int, Stored] = {}
    for place in sorted(range(len(said)), key=lambda place: said[place][0].address):
        inbound, file = said[place]
        stored[place] = _take(session, webhook, inbound, file, per_minute)
    return [stored[place] for place in range(len(said))]


def _take(session: Session, webhook: Webhook, inbound: Inbound, file: Kept | Refusal | None, per_minute: int) -> Stored:
    conversation, _ = conversations.open_conversation(
        session, inbound.channel, inbound.address, pushed=webhook.pushes, button_limit=webhook.limits.buttons
    )
    read = _read(session, webhook, conversation, inbound)
    refusal = file if isinstance(file, Refusal) else read.refusal
    fetches = inbound.attached is not None and file is None
    wait = timedelta(seconds=webhook.answer_seconds)
    message, is_new = conversations.record_inbound(
        session,
        conversation,
        text=read.text,
        provider_id=inbound.provider_id,
        is_payload=read.button is not None or inbound.kind is Kind.ATTACHMENT,
        said_at=inbound.said_at,
        kind=inbound.kind,
        details=read.details,
        state=InboundState.FETCHING if fetches else InboundState.RECEIVED,
        answer_by=clock.now() + wait + MARGIN if wait else None,
    )
    if not is_new:
        if wait and message.state is InboundState.RECEIVED:
            message.answer_by = clock.now() + wait + MARGIN
        return _stored(message, is_new=False)
    if read.button is not None:
        message.buttons = [read.button]
    if isinstance(file, Kept):
        message.attachment_id = files.note(session, conversation.id, file).id
    if fetches and inbound.attached is not None:
        lies = inbound.attached
        attachments.fetch_later(session, message, source=webhook.name, reference=lies.reference, name=lies.name)
    if not writes_alone(session):
        session.refresh(conversation, ["mode", "version"])  # an agent may have taken over while we waited for the lock
    _settle(session, webhook, conversation, message, inbound, refusal, per_minute)
    return _stored(message, is_new=True)


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str = ""
    button: dict[str, str] | None = None
    details: dict[str, Any] | None = None
    refusal: Refusal | None = None


def _read(session: Session, webhook: Webhook, conversation: Conversation, inbound: Inbound) -> _Reading:
    """What the message says to us, by its kind."""
    text = _storable(inbound.text)
    match inbound.kind:
        case Kind.PAYLOAD:
            token = inbound.token.removeprefix(BUTTON_PREFIX)
            found = conversations.button_payload(session, conversation.id, token)
            if found is None:
                return _Reading(text, refusal=Refusal("unknown_button", {}))
            return _Reading(found[1], {"token": token, "title": found[1], "payload": found[0]})
        case Kind.EVENT if inbound.event in OPENING:
            return _Reading(text, {"token": "", "title": text, "payload": f"/{inbound.event}"})
        case Kind.LOCATION if inbound.place is not None:
            place = inbound.place
            named = f"{place.address}{place.label}" if place.label not in place.address else place.address
            where = named or say("coordinates", latitude=place.latitude, longitude=place.longitude)
            details = {
                "label": place.label,
                "address": place.address,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            return _Reading(say("location", place=_storable(where)), details=details)
        case Kind.EDITED:
            before = select(Message.id).where(
                Message.channel == inbound.channel,
                Message.provider_id == inbound.edits,
                Message.conversation_id == conversation.id,
            )
            return _Reading(text, details={"edits": session.scalar(before)})
        case Kind.VOICE if not text.strip():
            return _Reading(refusal=Refusal("voice_unheard" if webhook.hears else "voice_unread", {}))
        case Kind.UNKNOWN:
            return _Reading(text, refusal=Refusal("unknown_kind", {}))
        case Kind.EVENT if inbound.event != "leave":
            return _Reading(text, refusal=Refusal("unknown_kind", {}))
        case _:
            return _Reading(text)


def _settle(
    session: Session,
    webhook: Webhook,
    conversation: Conversation,
    message: Message,
    inbound: Inbound,
    refusal: Refusal | None,
    per_minute: int,
) -> None:
    """Answer at once what the engine has no part in."""
    if inbound.kind is Kind.EVENT and inbound.event == "leave":
        contacts.switch_off(session, channel=conversation.channel, address=inbound.address, reason="left")
        conversations.answer(session, message, [])
        return
    contacts.switch_on(session, channel=conversation.channel, address=inbound.address)
    wanted = optout.wish(message.text, webhook.opt_out_words, webhook.opt_in_words)
    if inbound.kind is Kind.TEXT and wanted and optout.honour(session, conversation, message, wanted):
        return
    if message.state is InboundState.FETCHING:
        return
    if conversation.mode is Mode.AGENT:
        conversations.answer(session, message, [])
    elif refusal is not None:
        refuse(session, conversation, message, refusal)
    elif flood.too_many(session, conversation, per_minute):
        flood.keep_only(session, conversation, message)
    elif inbound.kind in (Kind.TEXT, Kind.EDITED):
        follow_script(session, conversation, message)


def refuse(session: Session, conversation: Conversation, message: Message, refusal: Refusal) -> None:
    """Answer a message that cannot be worked on with the sentence that says why, and ask again what was asked."""
    sentence = to_script(say(refusal.code, **refusal.values), conversation.script)
    conversations.answer(session, message, [OutgoingMessage(sentence, awaiting=conversation.awaiting)])


def _stored(message: Message, *, is_new: bool) -> Stored:
    return Stored(
        message.conversation_id,
        message.id,
        is_new,
        waits=message.state in (InboundState.RECEIVED, InboundState.FETCHING),
        fetches=message.state is InboundState.FETCHING,
    )


def _storable(text: str) -> str:
    """Without what no database stores: the NUL character, and halves of characters."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
