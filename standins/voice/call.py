"""One phone call as Twilio leads it: it asks for TwiML, says it, listens, follows it, and reports how it ended."""

from __future__ import annotations

import secrets
import time

import httpx

from standins.voice.line import Line
from standins.voice.twiml import Refused, Verb, read

ADDRESS = "/channels/voice/twilio"
STATUS = f"{ADDRESS}/status"
MOST_REQUESTS = 60
"""Without the other side saying a word: more is a loop."""


class PhoneCall:
    """heard: what was said to the other side since it last spoke; all_heard: in the whole call. dialled: numbers put
    through to. ended: the line is dead; error: why Twilio ended it. listening: what the other side may answer with.
    """

    def __init__(
        self, line: Line, phone: str, *, url: str = "", status: str = STATUS, sid: str = "", answered_by: str = ""
    ) -> None:
        """phone: of the customer. url: where a call of ours asks what to say; empty: the customer calls."""
        self._line, self.sid = line, sid or f"CA{secrets.token_hex(16)}"
        self._first, self._status, self._outbound = url or ADDRESS, status, bool(url)
        ends = {"From": line.account.number, "To": phone} if url else {"From": phone, "To": line.account.number}
        self._form = {
            "CallSid": self.sid,
            "AccountSid": line.account.sid,
            "ApiVersion": "2010-04-01",
            "Direction": "outbound-api" if url else "inbound",
            **ends,
            **({"AnsweredBy": answered_by} if answered_by else {}),
        }
        self.heard: list[str] = []
        self.all_heard: list[str] = []
        self.dialled: list[str] = []
        self.ended, self.error = False, ""
        self.listening: Verb | None = None

    def start(self) -> list[str]:
        """The phone is taken; what is said first."""
        return self._ask(self._first, {"CallStatus": "in-progress" if self._outbound else "ringing"})

    def say(self, text: str, confidence: float = 0.9) -> list[str]:
        """Speak; what is said then."""
        return self._answer({"SpeechResult": text, "Confidence": str(confidence)})

    def press(self, keys: str) -> list[str]:
        """Press keys; # ends them, and too many are left over, as on a phone."""
        values = self._gather().values
        most = values.get("numDigits")
        finish = values.get("finishOnKey", "#" if most is None else "")
        digits = keys.partition(finish)[0] if finish else keys
        return self._answer({"Digits": digits[: int(most)] if most else digits})

    def keep_silent(self) -> list[str]:
        """Say nothing until Twilio no longer listens."""
        if self._gather().values.get("actionOnEmptyResult") != "true":
            return self._end()
        return self._answer({})

    def hang_up(self) -> None:
        """Put the phone down."""
        if not self.ended:
            self._end()

    def report(self, status: str, **more: str) -> httpx.Response:
        """A status callback."""
        return self._line.post(self._status, {**self._form, "CallStatus": status, **more})

    def _gather(self) -> Verb:
        if self.listening is None:
            raise RuntimeError("nobody listens on this line")
        return self.listening

    def _answer(self, result: dict[str, str]) -> list[str]:
        action = self._gather().values["action"]
        self.listening, self.heard = None, []
        return self._ask(action, {"CallStatus": "in-progress", **result})

    def _ask(self, address: str, more: dict[str, str]) -> list[str]:
        verbs = self._verbs(address, more)
        for _ in range(MOST_REQUESTS):
            following = self._play(verbs)
            if following is None:
                return self.heard
            verbs = self._verbs(*following)
        return self._broken("11200: a loop")

    def _verbs(self, address: str, more: dict[str, str]) -> list[Verb]:
        try:
            response = self._line.post(address, {**self._form, **more})
            if response.status_code != httpx.codes.OK:
                raise Refused(f"11200: {response.status_code}")
            return read(response.content)
        except (httpx.HTTPError, Refused) as error:
            self._broken(str(error))
            return []

    def _play(self, verbs: list[Verb]) -> tuple[str, dict[str, str]] | None:
        """Do as told, until somebody has to be asked: (address, form) of the next request, None when none follows."""
        for verb in verbs:
            match verb.name:
                case "Say":
                    self._hear(verb.text)
                case "Pause":
                    time.sleep(float(verb.values.get("length", "1")) * self._line.pace)
                case "Redirect":
                    return verb.text, {"CallStatus": "in-progress"}
                case "Dial":
                    self.dialled.append(verb.number)
                    return verb.values["action"], {"CallStatus": "in-progress", "DialCallStatus": self._line.dial}
                case "Gather":
                    for text in verb.says:
                        self._hear(text)
                    self.listening = verb
                    return None
                case "Hangup":
                    break
        self._end()
        return None

    def _hear(self, text: str) -> None:
        self.heard.append(text)
        self.all_heard.append(text)

    def _broken(self, error: str) -> list[str]:
        self.error = error
        return self._end()

    def _end(self) -> list[str]:
        if not self.ended:
            self.ended, self.listening = True, None
            if self._outbound:
                self.report("completed", CallDuration="30")
        return self.heard
