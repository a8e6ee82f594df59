"""How a prepared message leaves: as a notice of its own, or said in a conversation so that it can be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims import conversations, outbox, outreach
from claims.contacts import PHONE_CHANNELS
from claims.conversations import OutgoingMessage, Saying
from claims.models import Conversation
from claims.outbox import Notice
from claims.outreach.people import Address, Person
from claims.segments import segments
from outreach.gate import CHATS
from outreach.purpose import Occasion, Say

CALLS = "voice"


@dataclass(frozen=True, slots=True)
class _Letter:
    occasion: Occasion
    say: Say
    again_at: datetime | None

    @property
    def row_id(self) -> str:
        return self.occasion.row.id

    @property
    def is_talk(self) -> bool:
        """Whether it is said in a conversation: in a chat everything is, a text or a call only if it is answered."""
        channel = self.occasion.channel
        return channel in CHATS or (self.say.begins_a_talk and channel in PHONE_CHANNELS)

    @property
    def is_notice(self) -> bool:
        """Whether it leaves by itself. A talk does by its conversation, but for a call: what is said when that is
        taken is looked up by the item's key (channels.voice.openings)."""
        return not self.is_talk or self.occasion.channel == CALLS


class Letters:
    """What a batch is to send: collected and stored together, at a sixth of what each by itself would cost."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._letters: list[_Letter] = []

    def add(self, occasion: Occasion, say: Say, again_at: datetime | None) -> None:
        """Send this. again_at: when the row is looked at again (None: it is done)."""
        self._letters.append(_Letter(occasion, say, again_at))

    def store(self) -> None:
        """Say and put into the outbox what was added, and note it in its rows."""
        items = self._begin([letter for letter in self._letters if letter.is_talk])
        notices = {letter.row_id: _notice(letter) for letter in self._letters if letter.is_notice}
        stored = outbox.enqueue_many(self._session, list(notices.values()))
        items |= {row_id: stored.get(notice.dedupe_key) for row_id, notice in notices.items()}
        for letter in self._letters:
            self._sent(letter, items[letter.row_id])
        self._letters.clear()

    def _begin(self, talks: list[_Letter]) -> dict[str, str | None]:
        """Say each in its conversation; row id → item of the outbox by which it leaves."""
        if not talks:
            return {}
        ids = self._conversation_ids(talks)
        held = conversations.hold_all(self._session, ids.values())
        sayings = [_saying(letter, held[ids[letter.row_id]]) for letter in talks]
        said = conversations.say_all(self._session, sayings)
        return {letter.row_id: item_id for letter, (_, item_id) in zip(talks, said, strict=True)}

    def _conversation_ids(self, talks: list[_Letter]) -> dict[str, str]:
        """By row id; a conversation is opened with whoever has none on that channel."""
        known = {letter.row_id: _way(letter).conversation_id for letter in talks}
        for channel in sorted(PHONE_CHANNELS):
            new = {
                letter.row_id: letter.occasion.address
                for letter in talks
                if letter.occasion.channel == channel and known[letter.row_id] is None
            }
            opened = conversations.open_all(
                self._session, channel, new.values(), pushed=channel != CALLS, button_limit=0
            )
            known |= {row_id: opened[address].id for row_id, address in new.items()}
        return {row_id: conversation_id for row_id, conversation_id in known.items() if conversation_id is not None}

    def _sent(self, letter: _Letter, item_id: str | None) -> None:
        occasion = letter.occasion
        touch = outreach.sent(
            self._session,
            occasion.row,
            channel=occasion.channel,
            outbox_id=item_id,
            segments=segments(letter.say.text) if occasion.channel == "sms" else 0,
            again_at=letter.again_at,
        )
        _person(occasion).touches.append(touch)


def _saying(letter: _Letter, conversation: Conversation) -> Saying:
    say, occasion = letter.say, letter.occasion
    if say.task is not None:
        conversations.drop_tasks(conversation, say.task["task"])
        conversations.push_task(conversation, say.task)
    if say.begins_a_talk:
        conversations.set_awaiting(conversation, say.awaiting)
    outgoing = OutgoingMessage(say.text, say.buttons, say.awaiting)
    return Saying(conversation, outgoing, occasion.row.purpose, _quiet_zone(occasion))


def _notice(letter: _Letter) -> Notice:
    occasion = letter.occasion
    key = f"outreach:{occasion.row.id}:{occasion.attempt}"
    purpose, text = occasion.row.purpose, letter.say.text
    return Notice(occasion.channel, occasion.address, purpose, text, key, _quiet_zone(occasion))


def _quiet_zone(occasion: Occasion) -> str | None:
    return _person(occasion).zone if occasion.channel in PHONE_CHANNELS else None


def _way(letter: _Letter) -> Address:
    return _person(letter.occasion).addresses[letter.occasion.channel]


def _person(occasion: Occasion) -> Person:
    if occasion.person is None:
        raise TypeError("only what goes to a customer is delivered")
    return occasion.person
