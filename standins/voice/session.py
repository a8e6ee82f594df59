"""A call for a page or a script: every verb answers with what can be heard now, and what may be answered, as JSON."""

from __future__ import annotations

from typing import Any

from standins.voice.call import PhoneCall
from standins.voice.line import Line

Json = dict[str, Any]


class Session:
    """A phone with one call at a time."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._call: PhoneCall | None = None

    def start(self, number: str) -> Json:
        """Call our number from this one; a call under way is ended."""
        self.hang_up()
        self._call = PhoneCall(self._line, number)
        self._call.start()
        return self.state()

    def take(self, call: PhoneCall) -> Json:
        """Take a call of ours (standins.voice.api.Placed.take)."""
        self.hang_up()
        self._call = call
        call.start()
        return self.state()

    def say(self, text: str) -> Json:
        """Speak."""
        return self._then("say", text)

    def press(self, keys: str) -> Json:
        """Press keys, # at the end of a number."""
        return self._then("press", keys)

    def keep_silent(self) -> Json:
        """Say nothing for as long as the line listens."""
        return self._then("keep_silent")

    def hang_up(self) -> Json:
        """Put the phone down."""
        if self._call is not None:
            self._call.hang_up()
        return self.state()

    def state(self) -> Json:
        """{heard: [sentence], listening: {language, hints: [word], one_key: bool} or null, dialled: [number],
        ended: bool, error: str}; heard is since the last thing the caller did."""
        call = self._call
        if call is None:
            return {"heard": [], "listening": None, "dialled": [], "ended": True, "error": ""}
        gather = call.listening
        return {
            "heard": call.heard,
            "listening": None
            if gather is None
            else {
                "language": gather.values["language"],
                "hints": gather.values.get("hints", "").split(","),
                "one_key": "numDigits" in gather.values,
            },
            "dialled": call.dialled,
            "ended": call.ended,
            "error": call.error,
        }

    def _then(self, verb: str, *values: str) -> Json:
        if self._call is not None and self._call.listening is not None:
            getattr(self._call, verb)(*values)
        return self.state()
