"""A caller for scripts: says a text or presses keys, and hears the answer."""

from __future__ import annotations

from standins.voice.call import PhoneCall
from standins.voice.line import Line


class Caller:
    """One person with one phone. `said` is everything heard in the last call, as one text."""

    def __init__(self, line: Line, number: str = "+8613800138001") -> None:
        self._line, self._number = line, number
        self.call = PhoneCall(line, number)

    def dial(self) -> str:
        """Call; the first thing heard. A call under way is put down before."""
        self.call.hang_up()
        self.call = PhoneCall(self._line, self._number)
        return "".join(self.call.start())

    def say(self, text: str) -> str:
        """Speak; what is heard then."""
        return "".join(self.call.say(text))

    def press(self, keys: str) -> str:
        """Press keys; what is heard then."""
        return "".join(self.call.press(keys))

    @property
    def said(self) -> str:
        return "".join(self.call.all_heard)
