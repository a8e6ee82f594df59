"""How a prepared message leaves: as a notice of its own, or said in a conversation so that it can be answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import conversations, outbox, outreach
from claims.contacts import PHONE_CHANNELS
from claims.models import Conversation, OutboxItem
from claims.outbox import Notice
from claims.outreach.people import Person
from claims.segments import segments
from claims.vocabulary import Author
from outreach.gate import CHATS
from outreach.purpose import Occasion, Say


class Letters:
    """What a batch is to send. Notices are stored together at the end, talks at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._notices: list[tuple[Occasion, Notice, datetime | None]] = []

    def add(self, occasion: Occasion, say: Say, again_at: datetime | None) -> None:
        """Send this. again_at: when the row is looked at again (None: it is done)."""
        person = _person(occasion)
        if occasion.channel in CHATS or (say.begins_a_talk and occasion.channel in PHONE_CHANNELS):
            item_id = self._begin_talk(occasion, person, say)
            self._sent(occasion, item_id, say.text, again_at)
            return
        quiet_zone = person.zone if occasion.channel in PHONE_CHANNELS else None
        notice = Notice(occasion.channel, occasion.address, occasion.row.purpose, say.text, _key(occasion), quiet_zone)
        self._notices.append((occasion, notice, again_at))

    def store(self) -> None:
        """Put the notices into the outbox."""
        stored = outbox.enqueue_many(self._session, [notice for _, notice, _ in self._notices])
        for occasion, notice, again_at in self._notices:
            self._sent(occasion, stored.get(notice.dedupe_key), notice.text, again_at)
        self._notices.clear()

    def _sent(self, occasion: Occasion, item_id: str | None, text: str, again_at: datetime | None) -> None:
        cost = segments(text) if occasion.channel == "sms" else 0
        outreach.sent(
            self._session,
            occasion.row,
            channel=occasion.channel,
            outbox_id=item_id,
            segments=cost,
            again_at=again_at,
        )

    def _begin_talk(self, occasion: Occasion, person: Person, say: Say) -> str | None:
        conversation = self._conversation(occasion, person)
        if say.task is not None:
            conversations.drop_tasks(conversation, say.task["task"])
            conversations.push_task(conversation, say.task)
        if say.begins_a_talk:
            conversations.set_awaiting(conversation, say.awaiting)
        quiet_zone = person.zone if occasion.channel in PHONE_CHANNELS else None
        message = conversations.say(
            self._session,
            conversation,
            Author.BOT,
            say.text,
            buttons=list(say.buttons),
            awaiting=say.awaiting,
            purpose=occasion.row.purpose,
            quiet_zone=quiet_zone,
        )
        if conversation.pushed:
            found = select(OutboxItem.id).where(OutboxItem.message_id == message.id)
            return self._session.scalar(found)
        # A call: what is said when it is taken is looked up by the item's key (channels.voice.openings).
        item = outbox.enqueue(
            self._session,
            channel=occasion.channel,
            address=occasion.address,
            purpose=occasion.row.purpose,
            text=say.text,
            dedupe_key=_key(occasion),
            quiet_zone=quiet_zone,
            asked=True,
        )
        return item.id if item is not None else None

    def _conversation(self, occasion: Occasion, person: Person) -> Conversation:
        known = person.addresses[occasion.channel].conversation_id
        if known is not None:
            return conversations.get(self._session, known)
        talk, _ = conversations.open_conversation(
            self._session, occasion.channel, occasion.address, pushed=occasion.channel != "voice", button_limit=0
        )
        return talk


def _key(occasion: Occasion) -> str:
    return f"outreach:{occasion.row.id}:{occasion.attempt}"


def _person(occasion: Occasion) -> Person:
    if occasion.person is None:
        raise TypeError("only what goes to a customer is delivered")
    return occasion.person
