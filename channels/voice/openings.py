"""The first thing that is said in a call, stored in the conversation like everything else."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.gateway.script import to_script
from channels.gateway.wording import WordingError
from channels.voice.prompts import say
from claims import clock, conversations
from claims.models import Conversation, Message, OutboxItem
from claims.vocabulary import Author

SOON = timedelta(minutes=30)
RESUMED_WITHIN = timedelta(hours=24)
"""What was asked longer ago is no longer in a caller's mind; an unfinished report is offered by the bot itself."""

_MENU = (("menu_report", "/report_claim"), ("menu_status", "/ask_claim_status"), ("menu_materials", "/ask_materials"))


def opened(session: Session, conversation: Conversation) -> Message:
    """Where the last call broke off, else the greeting with what can be done here."""
    return _resumed(session, conversation) or conversations.say(
        session,
        conversation,
        Author.BOT,
        to_script(say("greet"), conversation.script),
        buttons=[(to_script(say(name), conversation.script), intent) for name, intent in _MENU],
    )


def called(session: Session, conversation: Conversation, key: str) -> Message | None:
    """What we called for: the text of the outbox item with this dedupe key; with the buttons of the message of the
    same text, where whoever stored the item put one into the conversation. None when there is no such item."""
    item = session.scalars(select(OutboxItem).where(OutboxItem.dedupe_key == key)).first()
    if item is None:
        return None
    stored = _newest(session, conversation)
    buttons = _buttons(stored) if stored is not None and stored.text == item.text else []
    awaiting = stored.awaiting if stored is not None and stored.text == item.text else conversation.awaiting
    text = to_script(say("outbound", text=item.text), conversation.script)
    return conversations.say(session, conversation, Author.BOT, text, buttons=buttons, awaiting=awaiting)


def told_before(session: Session, conversation: Conversation, key: str) -> bool:
    """Whether an earlier call said this notice: we were killed between Twilio's answer and our mark, and it rings
    again."""
    item = session.scalars(select(OutboxItem).where(OutboxItem.dedupe_key == key)).first()
    if item is None:
        return False
    text = to_script(say("outbound", text=item.text), conversation.script)
    since = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.BOT,
        Message.created_at >= item.created_at,
    )
    return any(message.text == text for message in session.scalars(since))


def _resumed(session: Session, conversation: Conversation) -> Message | None:
    """The question that was asked last, said again; None when nothing is open or it was too long ago."""
    last_at = conversation.last_inbound_at
    if conversation.awaiting is None or last_at is None or last_at < clock.now() - RESUMED_WITHIN:
        return None
    asked = _newest(session, conversation, conversation.awaiting)
    with suppress(WordingError):
        what = say(f"asked_{conversation.awaiting}")
        when = "resume_soon" if last_at >= clock.now() - SOON else "resume_later"
        if asked is not None:
            return conversations.say(
                session,
                conversation,
                Author.BOT,
                f"{to_script(say(when, what=what), conversation.script)}\n{asked.text}",
                buttons=_buttons(asked),
                awaiting=asked.awaiting,
            )
    return None


def _newest(session: Session, conversation: Conversation, awaiting: str | None = None) -> Message | None:
    query = select(Message).where(Message.conversation_id == conversation.id, Message.author == Author.BOT)
    if awaiting is not None:
        # Only what answered something: not the question as an earlier call took it up again.
        query = query.where(Message.awaiting == awaiting, Message.answers_id.is_not(None))
    return session.scalars(query.order_by(Message.id.desc()).limit(1)).first()


def _buttons(message: Message) -> list[tuple[str, str]]:
    return [(button["title"], button["payload"]) for button in message.buttons]
