"""Words that stop our notices, or let them come again: honoured before anything is understood."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from opencc import OpenCC
from sqlalchemy.orm import Session

from channels.gateway.script import to_script
from channels.gateway.wording import say
from claims import contacts, conversations
from claims.conversations import OutgoingMessage
from claims.models import Conversation, Message

_SIGNS = re.compile(r"[\s。.!！,，~～]+")
_t2s = OpenCC("t2s")


def wish(text: str, out_words: frozenset[str], in_words: frozenset[str]) -> Literal["out", "in"] | None:
    """What the whole message asks for, if it is nothing but one of the words (simplified, lower case)."""
    said = _SIGNS.sub("", str(_t2s.convert(unicodedata.normalize("NFKC", text)))).lower()
    if said in out_words:
        return "out"
    return "in" if said in in_words else None


def honour(session: Session, conversation: Conversation, message: Message, wanted: Literal["out", "in"]) -> bool:
    """Note the wish and answer the message with its confirmation, once: a wish that holds already is answered by
    nothing. False when there is nothing to allow again: then the word is an ordinary message."""
    out = contacts.opted_out(session, conversation_id=conversation.id)
    if wanted == "in" and not out:
        return False
    replies = []
    if wanted == "out" and not out:
        contacts.opt_out(session, conversation)
        replies = [OutgoingMessage(to_script(say("opted_out"), conversation.script))]
    elif wanted == "in":
        contacts.opt_in(session, conversation)
        replies = [OutgoingMessage(to_script(say("opted_in"), conversation.script))]
    conversations.answer(session, message, replies)
    return True
