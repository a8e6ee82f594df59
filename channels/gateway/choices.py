"""A button named in words: its title, or its number among those shown ("2", "第二个")."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from channels.gateway.numbering import numbered
from claims.models import Conversation, Message
from claims.vocabulary import Author

#: Questions whose answer is one of the buttons, however they are shown; elsewhere a bare number is a value.
NUMBERED = frozenset({"choice", "line", "cause"})
_NUMBER = re.compile(r"(?:回复|选择|选|第)?\s*([1-9]\d?|[一二三四五六七八九十])\s*(?:个|项|号|条|种)?[。.！!]?")
_CHINESE = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}
_NO_LETTERS = re.compile(r"[\W_]+")


_LAST_OF_BOT = (
    select(Message)
    .where(
        Message.conversation_id == bindparam("conversation"),
        Message.author == Author.BOT,
        Message.id < bindparam("before"),
    )
    .order_by(Message.id.desc())
    .limit(1)
)


def chosen(session: Session, conversation: Conversation, message: Message) -> str | None:
    """The payload of the newest button that the message names, or None. The same at every resend of the message."""
    shown = session.scalar(_LAST_OF_BOT, {"conversation": conversation.id, "before": message.id})
    if shown is None or not shown.buttons:
        return None
    said = _plain(message.text)
    for button in shown.buttons:
        if said and said == _plain(button["title"]):
            return str(button["payload"])
    by_number = message.awaiting_then in NUMBERED or _shown_with_numbers(conversation, shown)
    number = _number(message.text) if by_number else None
    return str(shown.buttons[number - 1]["payload"]) if number and number <= len(shown.buttons) else None


def _shown_with_numbers(conversation: Conversation, shown: Message) -> bool:
    """Whether the channel wrote the choices out (channels.rendering) and a number is no value of what was asked."""
    limit = conversation.button_limit
    return limit is not None and len(shown.buttons) > limit and numbered(shown.awaiting)


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(_t2s().convert(unicodedata.normalize("NFKC", text).strip()))
    if match is None:
        return None
    return _CHINESE.get(match[1]) or int(match[1])


def _plain(text: str) -> str:
    """Simplified, lower case, without signs and spaces."""
    return _NO_LETTERS.sub("", str(_t2s().convert(text))).lower()


@cache
def _t2s() -> OpenCC:
    return OpenCC("t2s")
