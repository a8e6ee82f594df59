"""Updates of the Bot API (https://core.telegram.org/bots/api#update) → what the customer said.

Private chats only: their ids are the users' and positive. Messages are named "CHAT:MESSAGE", which an edit names too.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from channels.base import Attached, Inbound, Kind, Malformed, Place
from channels.telegram.commands import meaning, say
from claims.normalise import phone

CHANNEL = "telegram"
UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError, RecursionError)

#: Messages that nobody wrote: Telegram puts them into the chat.
_SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
    "connected_website",
    "proximity_alert_triggered",
)


def read(body: bytes) -> Update:
    """The update in a request. Raises Malformed."""
    try:
        update = Update.de_json(json.loads(body), None)
    except _UNREADABLE as error:
        raise Malformed(f"no update: {type(error).__name__}") from error
    if not isinstance(update.update_id, int):
        raise Malformed("no update: its id is no number")
    return update


def parse(body: bytes, arrived: datetime) -> list[Inbound]:
    """What an update holds; [] from groups and channels. arrived: when a tap was, which carries no time of its own.

    Raises Malformed.
    """
    update = read(body)
    try:
        if update.message is not None:
            return _message(update.message)
        if update.edited_message is not None:
            return _edited(update.edited_message, update.update_id)
        if update.callback_query is not None:
            return _tapped(update.callback_query, arrived)
        if update.my_chat_member is not None:
            return _membership(update.my_chat_member)
    except _UNREADABLE as error:
        raise Malformed(f"not an update that can be read: {type(error).__name__}") from error
    return []


def is_private(chat: Chat) -> bool:
    """Whether one person alone reads this chat. TypeError when its id is none."""
    return chat.type == ChatType.PRIVATE and _number(chat.id) > 0


def _message(message: Message) -> list[Inbound]:
    if not is_private(message.chat) or any(getattr(message, name) for name in _SERVICE):
        return []
    kind, values = _content(message)
    said = [_inbound(message, _name(message), kind, **values)]
    if kind is Kind.ATTACHMENT and message.caption:
        # First the words, which may say what the picture is for.
        said.insert(0, _inbound(message, f"{_name(message)}:caption", Kind.TEXT, text=_text(message.caption)))
    return said


def _content(message: Message) -> tuple[Kind, dict[str, Any]]:
    if message.text is not None:
        return meaning(_text(message.text))
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Kind.ATTACHMENT, {"attached": Attached(reference=_text(largest.file_id))}
    file = message.video or (message.document if message.animation is None else None)
    if file is not None:
        return Kind.ATTACHMENT, {"attached": Attached(reference=_text(file.file_id), name=_text(file.file_name or ""))}
    if message.voice is not None:
        return Kind.VOICE, {"text": _text(message.caption or "")}
    if message.venue is not None:
        return Kind.LOCATION, {"place": _place(message.venue.location, message.venue.title, message.venue.address)}
    if message.location is not None:
        return Kind.LOCATION, {"place": _place(message.location)}
    if message.contact is not None:
        return Kind.CONTACT, {"text": phone(_text(message.contact.phone_number))}
    return Kind.UNKNOWN, {}


def _edited(message: Message, update_id: int) -> list[Inbound]:
    """A correction of a text or a caption; a live location that moves is none."""
    if not is_private(message.chat) or not (message.text or message.caption):
        return []
    edits = _name(message) if message.text else f"{_name(message)}:caption"
    text = _text(message.text or message.caption)
    return [_inbound(message, f"{_name(message)}:edit:{update_id}", Kind.EDITED, text=text, edits=edits)]


def _tapped(query: CallbackQuery, arrived: datetime) -> list[Inbound]:
    if query.message is None or not is_private(query.message.chat) or not query.data:
        return []
    address, name = str(query.message.chat.id), f"callback:{_text(query.id)}"
    return [Inbound(CHANNEL, address, name, Kind.PAYLOAD, arrived, token=_text(query.data))]


def _membership(change: ChatMemberUpdated) -> list[Inbound]:
    """A customer who blocks the bot; whoever unblocks it writes /start."""
    if not is_private(change.chat) or change.new_chat_member.status != ChatMemberStatus.BANNED:
        return []
    name = f"{change.chat.id}:left:{change.date.timestamp():.0f}"
    return [Inbound(CHANNEL, str(change.chat.id), name, Kind.EVENT, change.date, event="leave", text=say("left"))]


def _inbound(message: Message, name: str, kind: Kind, **values: Any) -> Inbound:
    said_at = message.edit_date if kind is Kind.EDITED and message.edit_date else message.date
    return Inbound(CHANNEL, str(message.chat.id), name, kind, said_at, **values)


def _name(message: Message) -> str:
    return f"{message.chat.id}:{_number(message.message_id)}"


def _place(location: Any, label: str = "", address: str = "") -> Place:
    return Place(float(location.latitude), float(location.longitude), _text(label), _text(address))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError("number expected")
    return value
