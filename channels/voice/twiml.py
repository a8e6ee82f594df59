"""What Twilio is told to do next: say and listen, wait, put through, hang up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from twilio.twiml.voice_response import VoiceResponse

from channels.voice.keys import takes_digits
from channels.voice.speech import pieces
from channels.voice.step import Step
from channels.voice.tongues import Tongue

SILENCE_SECONDS = 5
HOLD_SECONDS = 2
MOST_HINTS, LONGEST_HINT = 500, 100


@dataclass(frozen=True, slots=True)
class Voice:
    """base: the webhook's public address. Text is what is said, already in words."""

    base: str
    tongue: Tongue

    def listen(self, text: str, step: Step, titles: tuple[str, ...] = ()) -> str:
        """Say this and hear what comes; the caller may break in. titles: of the choices."""
        response = VoiceResponse()
        gather = response.gather(
            input="speech dtmf",
            action=step.listening().address(self.base),
            method="POST",
            language=self.tongue.heard,
            hints=",".join(hints(step.awaiting, titles)),
            speech_timeout="auto",
            timeout=SILENCE_SECONDS,
            profanity_filter=False,  # a complaint is taken down in the customer's words
            action_on_empty_result=True,
            **({"finish_on_key": "#"} if takes_digits(step.awaiting) else {"num_digits": 1}),
        )
        self._say(gather, text)
        return str(response)

    def hold(self, text: str, step: Step) -> str:
        """Say this, if anything, wait a moment and ask for the answer again."""
        response = VoiceResponse()
        self._say(response, text)
        response.pause(length=HOLD_SECONDS)
        response.redirect(replace(step, name="wait", tries=step.tries + 1).address(self.base), method="POST")
        return str(response)

    def put_through(self, text: str, step: Step, number: str, ours: str, ring_seconds: int) -> str:
        """Say this and call a person; what became of it arrives as the step `dialled`."""
        response = VoiceResponse()
        self._say(response, text)
        after = replace(step, name="dialled", tries=0).address(self.base)
        dial = response.dial(action=after, method="POST", timeout=ring_seconds, caller_id=ours, answer_on_bridge=True)
        dial.number(number)
        return str(response)

    def end(self, text: str) -> str:
        """Say this and hang up."""
        response = VoiceResponse()
        self._say(response, text)
        response.hangup()
        return str(response)

    def _say(self, parent: VoiceResponse, text: str) -> None:
        for piece in pieces(text) if text else []:
            parent.say(piece, voice=self.tongue.voice, language=self.tongue.spoken)


def hints(awaiting: str, titles: tuple[str, ...] = ()) -> list[str]:
    """What a caller is likely to say at this question."""
    known = _hints()
    phrases = dict.fromkeys([*titles, *known.get(awaiting, []), *known["always"]])
    return [phrase.replace(",", "，")[:LONGEST_HINT] for phrase in phrases][:MOST_HINTS]


@cache
def _hints() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("hints.yml").read_text(encoding="utf-8"))
    return found
