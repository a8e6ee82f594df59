"""What customers hear of a hand-over outside of the bot's turns, stored in the transaction in which it happens."""

from __future__ import annotations

from sqlalchemy.orm import Session

from claims import conversations
from claims.handover.wording import button, told
from claims.models import Conversation, Message
from claims.vocabulary import Author, Mode


def tell(session: Session, conversation: Conversation, name: str, /, **values: object) -> Message:
    """A plain notice (`told` in wording.yml)."""
    return conversations.say(session, conversation, Author.SYSTEM, told(name, conversation.script, **values))


def offer(
    session: Session, conversation: Conversation, name: str, choices: dict[str, str], awaiting: str, /, **values: object
) -> Message:
    """A notice with choices: {name of a button in wording.yml: payload}.

    The bot says it, so that a choice may be typed; while an agent has the conversation nobody speaks for the bot, and
    it is a plain notice.
    """
    author = Author.SYSTEM if conversation.mode is Mode.AGENT else Author.BOT
    buttons = [(button(each, conversation.script), payload) for each, payload in choices.items()]
    text = told(name, conversation.script, **values)
    return conversations.say(session, conversation, author, text, buttons=buttons, awaiting=awaiting)
