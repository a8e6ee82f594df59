"""Where in a call a request stands, carried in its own address: Twilio signs it, and no process has to remember it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from channels.base import Malformed

Name = Literal["start", "outbound", "heard", "wait", "dialled"]
MOST_IDS = 40


@dataclass(frozen=True, slots=True)
class Step:
    """name: what happened before this request (start: the phone rang; heard: the caller spoke, pressed or kept silent;
    wait: an answer was not ready; dialled: a person was called). turn: counts what the caller says. awaiting: what was
    asked. said: ids of the stored messages that were spoken last. tokens: of the buttons, by key 1, 2, ….

    silences, repeats: how often in a row nothing was heard, and the same was asked. tries: of waiting for one answer.
    keyed: the caller answers by keys. key: of the outbox, for a call of ours.
    """

    name: Name = "start"
    turn: int = 0
    awaiting: str = ""
    said: tuple[int, ...] = ()
    tokens: tuple[str, ...] = ()
    silences: int = 0
    repeats: int = 0
    tries: int = 0
    keyed: bool = False
    key: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Step:
        """Raises Malformed."""
        name = query.get("step", "start")
        if name not in get_args(Name):
            raise Malformed("unknown step of a call")
        try:
            said = tuple(int(each) for each in query.get("said", "").split(".") if each)
            counts = {each: int(query.get(each, "0")) for each in ("turn", "silences", "repeats", "tries")}
        except ValueError as error:
            raise Malformed("a step of a call with a wrong number") from error
        return cls(
            name=cast(Name, name),
            awaiting=query.get("awaiting", ""),
            said=said[:MOST_IDS],
            tokens=tuple(each for each in query.get("tokens", "").split(".") if each),
            keyed=query.get("keyed") == "1",
            key=query.get("key", ""),
            **counts,
        )

    def address(self, base: str) -> str:
        """The address at which this step is asked for; base: of the webhook."""
        values = {
            "step": self.name,
            "turn": self.turn,
            "awaiting": self.awaiting,
            "said": ".".join(map(str, self.said)),
            "tokens": ".".join(self.tokens),
            "silences": self.silences,
            "repeats": self.repeats,
            "tries": self.tries,
            "keyed": int(self.keyed),
            "key": self.key,
        }
        return f"{base}?{urlencode({name: value for name, value in values.items() if value})}"

    def listening(self) -> Step:
        """The step at which what the caller says next arrives."""
        return replace(self, name="heard", turn=self.turn + 1, tries=0)
