"""What the next words of a call are, by what is stored: after a turn, after silence, while the engine is slow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.base import Outbound
from channels.gateway import outgoing
from channels.voice import openings, people, texts
from channels.voice.call import Call
from channels.voice.prompts import joined, prompt, say
from channels.voice.settings import VoiceSettings
from channels.voice.speech import spoken
from channels.voice.step import Step
from channels.voice.tongues import tongue
from channels.voice.twiml import Voice
from claims import conversations
from claims.handover import callbacks
from claims.models import Conversation, Message
from claims.outbox.replies import replies_to
from claims.vocabulary import Author, InboundState

CHANNEL = "voice"
TRIES = 8
"""Of waiting for one answer, about five seconds each, before the caller is let go."""
SPEAK_UP_EACH = 3
SILENCES = 3
KEYS_AFTER = 2
"""Silences, or answers to the same question that were of no use, before the keys are offered."""
STUCK = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """Composes the answer to each request; each method is `compose(session, call)` of channels.voice.once.

    base: the webhook's public address. link: where a customer can go on writing. `answered` and `put_through` are
    asked with the id of the message that the request brought.
    """

    own: VoiceSettings
    base: str
    link: str

    def opening(self, session: Session, call: Call) -> str:
        """The phone rang: greet, or take up what broke off."""
        conversation = self._conversation(session, call)
        voice = self._voice(call, conversation)
        conversations.set_script(conversation, voice.tongue.script)
        stored = openings.opened(session, conversation)
        return self._listen(session, call, conversation, [stored], keys=stored.awaiting is None)

    def calling(self, session: Session, call: Call) -> str:
        """A call of ours was taken: by a machine, which is told nothing of anybody, or by a person."""
        conversation = self._conversation(session, call)
        voice = self._voice(call, conversation)
        if call.by_machine:
            return voice.end(spoken(say("machine"), voice.tongue))
        if openings.told_before(session, conversation, call.step.key):
            return voice.end(spoken(say("called_before"), voice.tongue))
        stored = openings.called(session, conversation, call.step.key)
        if stored is None:
            return self.opening(session, call)
        return self._listen(session, call, conversation, [stored], keys=bool(stored.buttons))

    def answered(self, session: Session, call: Call, message_id: int) -> str:
        """The replies to what the caller said, or to hold the line while there are none."""
        message = session.get_one(Message, message_id)
        conversation = conversations.get(session, message.conversation_id)
        if message.state is not InboundState.ANSWERED:
            return self._hold(session, call, conversation)
        if people.owned(conversation):
            return self.person(session, call)
        replies = [each for each in replies_to(session, message_id) if each.author is not Author.SYSTEM]
        reached = bool(people.number(session, conversation, self.own.agent_number))
        if people.asked_for(session, message) and (reached or not callbacks.open_booking(session, conversation.id)):
            return self.person(session, call)
        if reached and people.needed(session, message):
            # What helps at once comes before the person: a caller who waits for the connection has heard it.
            return self.person(session, call, replies)
        if not replies:
            return self._listen_again(call, conversation, say("go_on"))
        return self._listen(session, call, conversation, replies)

    def person(self, session: Session, call: Call, before: Sequence[Message] = ()) -> str:
        """Put through to a person, after what has to be said before; where there is none, a callback is recorded, and
        said."""
        conversation = self._conversation(session, call)
        voice = self._voice(call, conversation)
        if number := people.number(session, conversation, self.own.agent_number):
            text = joined(
                [spoken(each.text, voice.tongue) for each in before] + [spoken(say("transfer"), voice.tongue)]
            )
            return voice.put_through(text, call.step, number, call.ours, self.own.ring_seconds)
        return self._call_back(session, call, conversation, "callback")

    def dialled(self, session: Session, call: Call) -> str:
        """A person was called: they have talked, or nobody took the call."""
        conversation = self._conversation(session, call)
        if call.dial_status in ("completed", "answered"):
            people.put_through(session, conversation)
            voice = self._voice(call, conversation)
            return voice.end(spoken(say("after_agent"), voice.tongue))
        return self._call_back(session, call, conversation, "agent_busy")

    def silent(self, session: Session, call: Call) -> str:
        """Nothing was heard: the question again, then with its keys, then good-bye with a link to go on."""
        conversation, step = self._conversation(session, call), call.step
        if people.owned(conversation):
            # An agent took the talk over while the caller was listening.
            return self.person(session, call)
        silences = step.silences + 1
        if silences >= (SILENCES if step.awaiting else SILENCES - 1):
            return self._good_bye(session, call, conversation)
        stored = self._said(session, conversation, step)[-1:]
        call = replace(call, step=replace(step, silences=silences))
        keys = silences >= KEYS_AFTER
        before = say("unheard_keys" if keys else "unheard")
        return self._listen(session, call, conversation, stored, before=before, keys=keys, again=True)

    def repeated(self, session: Session, call: Call) -> str:
        """All of it once more."""
        conversation = self._conversation(session, call)
        stored = self._said(session, conversation, call.step)
        return self._listen(session, call, conversation, stored, again=True, keys=call.step.keyed)

    def wrong_key(self, session: Session, call: Call) -> str:
        """A key without a meaning here: which have one."""
        conversation = self._conversation(session, call)
        stored = self._said(session, conversation, call.step)[-1:]
        return self._listen(session, call, conversation, stored, before=say("wrong_key"), keys=True, again=True)

    def _listen(
        self,
        session: Session,
        call: Call,
        conversation: Conversation,
        stored: list[Message],
        *,
        before: str = "",
        keys: bool = False,
        again: bool = False,
    ) -> str:
        """Say these messages and listen. again: they were said before, so that nothing is counted as no progress."""
        step, voice = call.step, self._voice(call, conversation)
        replies = [outgoing.said(conversation, each) for each in stored]
        repeats = step.repeats if again else self._repeats(session, conversation, step, replies)
        if repeats >= STUCK and not again:
            return self.person(session, replace(call, step=replace(step, repeats=0)))
        sent = texts.may_text(session, call)
        if sent:
            texts.send_lists(session, call, replies)
        keys = keys or step.keyed or repeats >= KEYS_AFTER
        awaiting = step.awaiting if again else ""
        asked = prompt(replies, voice.tongue, keys=keys, sent=sent, awaiting=awaiting)
        after = replace(
            step,
            awaiting=asked.awaiting,
            said=tuple(each.id for each in stored),
            tokens=asked.tokens,
            silences=step.silences if again else 0,
            repeats=repeats,
        )
        text = joined([spoken(before, voice.tongue), asked.text])
        return voice.listen(text or spoken(say("nothing_to_repeat"), voice.tongue), after, asked.titles)

    def _call_back(self, session: Session, call: Call, conversation: Conversation, told: str) -> str:
        """Nobody calls back where no number was shown; then that is said instead."""
        if call.has_number:
            people.call_back(session, conversation)
        return self._listen_again(call, conversation, say(told if call.has_number else "no_callback"))

    def _listen_again(self, call: Call, conversation: Conversation, text: str) -> str:
        """Say this and listen; what was asked before stays asked."""
        voice = self._voice(call, conversation)
        return voice.listen(spoken(text, voice.tongue), replace(call.step, silences=0))

    def _hold(self, session: Session, call: Call, conversation: Conversation) -> str:
        tries, voice = call.step.tries, self._voice(call, conversation)
        if tries >= TRIES:
            over = say("hold_over")
            if number := people.number(session, conversation, self.own.agent_number):
                return voice.put_through(
                    spoken(over + say("transfer"), voice.tongue),
                    call.step,
                    number,
                    call.ours,
                    self.own.ring_seconds,
                )
            return self._good_bye(session, call, conversation, over)
        text = say("hold") if tries == 0 else say("hold_on") if tries % SPEAK_UP_EACH == 0 else ""
        return voice.hold(spoken(text, voice.tongue), call.step)

    def _good_bye(self, session: Session, call: Call, conversation: Conversation, before: str = "") -> str:
        voice, sent = self._voice(call, conversation), False
        if (call.step.awaiting or before) and texts.may_text(session, call):
            texts.send_link(session, call, self.link, conversation.script)
            sent = True
        return voice.end(spoken(before + say("goodbye_sms" if sent else "goodbye"), voice.tongue))

    def _repeats(self, session: Session, conversation: Conversation, step: Step, replies: list[Outbound]) -> int:
        """How often in a row the last thing said has been the very same, or has asked the same."""
        before = self._said(session, conversation, step)[-1:]
        if not before or not replies:
            return 0
        last = replies[-1]
        if (last.awaiting or "") != step.awaiting:
            return 0
        no_progress = before[0].text == last.text or (bool(step.awaiting) and len(replies) == 1)
        return step.repeats + 1 if no_progress else 0

    def _said(self, session: Session, conversation: Conversation, step: Step) -> list[Message]:
        found = select(Message).where(Message.id.in_(step.said), Message.conversation_id == conversation.id)
        return list(session.scalars(found.order_by(Message.id)))

    def _conversation(self, session: Session, call: Call) -> Conversation:
        return conversations.open_conversation(session, CHANNEL, call.address, pushed=False, button_limit=0)[0]

    def _voice(self, call: Call, conversation: Conversation) -> Voice:
        by_number = self.own.language_of(call.ours)
        return Voice(self.base, tongue(self.own.language, by_number, conversation.script, self.own.say_voice))
