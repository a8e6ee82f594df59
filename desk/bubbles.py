"""A conversation as the pages show it: messages of all channels of one customer in one thread, notes in between."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import accounts, clock, lookup
from claims.handover import notes
from claims.models import Attachment, Conversation, Customer, Message
from claims.vocabulary import Author, InboundKind
from desk.wording import named

Bubble = dict[str, Any]
NEWEST = 200
"""So many messages of a thread are shown; older ones are in the archive of each conversation."""


def customer_of(session: Session, conversation: Conversation) -> Customer | None:
    """Whose conversation it is, by its account or by the proof it gave, even one that has run out since."""
    known = conversation.bound_customer_id or conversation.proven_customer_id
    return session.get(Customer, known) if known is not None else None


def together(session: Session, conversation: Conversation) -> list[Conversation]:
    """This conversation and the others of the same customer."""
    customer = customer_of(session, conversation)
    others = lookup.conversations_of(session, [customer]) if customer is not None else []
    return [conversation, *(other for other in others if other.id != conversation.id)]


def thread(session: Session, conversation: Conversation) -> list[Bubble]:
    """Messages and notes of `together`, oldest first."""
    held = together(session, conversation)
    ids = [each.id for each in held]
    query = select(Message).where(Message.conversation_id.in_(ids)).order_by(Message.id.desc()).limit(NEWEST)
    bubbles = of_messages(session, list(reversed(list(session.scalars(query)))), conversation.id)
    for each in ids:
        bubbles += [
            note_bubble(note.id, note.text, account.name, note.created_at) for note, account in notes.of(session, each)
        ]
    return sorted(bubbles, key=lambda bubble: bubble["order"])


def of_messages(session: Session, messages: list[Message], here: str) -> list[Bubble]:
    """Messages as bubbles; those of another conversation than `here` say over which channel."""
    wanted = {message.attachment_id for message in messages if message.attachment_id}
    files = {f.id: f for f in session.scalars(select(Attachment).where(Attachment.id.in_(wanted)))} if wanted else {}
    names = accounts.names(session) if any(message.staff_id for message in messages) else {}
    return [_bubble(message, files, names, here) for message in messages if _worth_showing(message)]


def note_bubble(note_id: str, text: str, author: str, at: Any) -> Bubble:
    """A private note in the thread."""
    return {
        "id": f"note:{note_id}",
        "order": at.timestamp(),
        "from": "note",
        "name": author,
        "text": text,
        "at": _moment(at),
        "channel": "",
        "buttons": [],
        "file": None,
    }


def _bubble(message: Message, files: dict[str, Attachment], names: dict[str, str], here: str) -> Bubble:
    file = files.get(message.attachment_id or "")
    names_of = {Author.AGENT: names.get(message.staff_id or "", ""), Author.CUSTOMER: ""}
    elsewhere = message.conversation_id != here
    return {
        "id": message.id,
        "order": message.created_at.timestamp(),
        "from": message.author.value,
        "name": names_of.get(message.author) or named("authors", message.author.value),
        "text": _text(message),
        "at": _moment(message.created_at),
        "channel": named("channels", message.channel) if elsewhere else "",
        "buttons": [b["title"] for b in message.buttons if b["title"]] if message.state is None else [],
        "file": None if file is None else {"id": file.id, "mime": file.mime, "name": file.original_name},
    }


def _worth_showing(message: Message) -> bool:
    """Notices that set the bot to work are shown once, as what they say to the customer."""
    return bool(_text(message) or message.attachment_id or message.buttons)


def _text(message: Message) -> str:
    if message.kind is InboundKind.LOCATION and message.details:
        place = [str(message.details.get(key) or "") for key in ("label", "address")]
        return f"📍 {' '.join(part for part in place if part) or message.text}"
    return message.text


def _moment(at: Any) -> str:
    local = clock.local(at)
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%m-%d %H:%M}"
