"""What one message of the customer says, as the engine understood it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

#: Facts a customer may leave open ("不清楚"); the handler fills them in later.
SKIPPABLE = frozenset(
    {"location", "description", "injured_count", "third_party", "police_reported", "loss_estimate", "policy"}
)

#: Values that make a sentence a report even when it was not read as one.
EVENT_VALUES = ("cause", "injured", "injured_count")

#: Values that nobody says who means to prove who they are, or to name a policy or a claim.
OF_THE_EVENT = (*EVENT_VALUES, "incident_time", "location", "third_party", "police_reported", "amount")

#: Readings by which a customer takes something back.
CORRECTING = frozenset({"correct_detail", "deny"})
_CORRECTION = re.compile(
    "不对|不對|不是|[说說写寫讲講记記搞弄]错|錯|改[成为為一下]|更正|修正|应该是|應該是|其实|其實|而是|记混|記混"
)


class Refused(StrEnum):
    """Why a value was not taken."""

    FUTURE = "future"
    TOO_OLD = "too_old"
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_AMOUNT = "not_an_amount"
    POLICY_NOT_FOUND = "policy_not_found"


@dataclass(frozen=True, slots=True)
class Heard:
    """One message: its words, how it was read, and the values found in it.

    values maps a value name of the engine (incident_time, amount, …) to what was found, in the order of the text.
    awaiting is the fact that was asked when the message arrived, or None.
    told: of the values those that the customer told before asking something in the same message.
    """

    text: str
    intent: str
    now: datetime
    values: dict[str, list[Any]] = field(default_factory=dict)
    awaiting: str | None = None
    told: dict[str, list[Any]] = field(default_factory=dict)

    def first(self, name: str) -> Any | None:
        """The first value of that name, or None."""
        found = self.values.get(name)
        return found[0] if found else None

    def tells(self, *names: str) -> bool:
        """Whether there is a value of any of these names."""
        return any(self.first(name) is not None for name in names)

    @property
    def question(self) -> str:
        """What is asked: the whole message, or its part after the facts."""
        return str(self.first("question") or self.text)

    @property
    def tells_an_event(self) -> bool:
        """Neither phone nor code, but what happened and when or where: that goes before a proof."""
        if self.tells("phone", "code"):
            return False
        return self.tells(*EVENT_VALUES) and self.tells("incident_time", "location", "plate_no")

    @property
    def goes_on_reporting(self) -> bool:
        """Neither phone nor code, but something of the event: with a report under way, more of that."""
        return not self.tells("phone", "code") and self.tells(*OF_THE_EVENT)

    @property
    def corrects(self) -> bool:
        """Whether something said before is taken back, in the reading or in so many words ("不对，是前天")."""
        return self.intent in CORRECTING or _CORRECTION.search(self.text) is not None

    @property
    def leaves_open(self) -> str | None:
        """The fact the customer says they do not know, when it may be left open."""
        fact = self.first("unknown")
        return fact if fact in SKIPPABLE else None
