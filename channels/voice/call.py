"""One request of Twilio about a call, read: who calls whom, at which step, and what was heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels.base import Malformed
from channels.twilio.verify import form_of
from channels.voice.step import Step
from channels.webhook import Delivery

PATH = "/channels/voice/twilio"
_SID = re.compile(r"CA[0-9a-f]{32}")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_HIDDEN = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a keypad: how Twilio gives a caller without a number."""


@dataclass(frozen=True, slots=True)
class Call:
    """address: the other side's number, or one of this call alone when it is withheld. ours: the number of ours.

    speech, digits: what was heard, empty: nothing. answered_by, dial_status: Twilio's words.
    """

    sid: str
    address: str
    ours: str
    outbound: bool
    step: Step
    speech: str = ""
    digits: str = ""
    answered_by: str = ""
    dial_status: str = ""

    @property
    def has_number(self) -> bool:
        """Whether a text message reaches the other side."""
        return self.address.startswith("+")

    @property
    def by_machine(self) -> bool:
        """Whether an answering machine or a fax took the call."""
        return self.answered_by.startswith("machine") or self.answered_by == "fax"

    @classmethod
    def read(cls, delivery: Delivery) -> Call:
        """Raises Malformed."""
        form = form_of(delivery)
        sid = form.get("CallSid", "")
        if not _SID.fullmatch(sid) or "From" not in form or "To" not in form:
            raise Malformed("not about a call")
        outbound = form.get("Direction", "inbound").startswith("outbound")
        theirs, ours = (form["To"], form["From"]) if outbound else (form["From"], form["To"])
        known = _NUMBER.fullmatch(theirs) is not None and theirs not in _HIDDEN
        return cls(
            sid=sid,
            address=theirs if known else f"call:{sid}",
            ours=ours,
            outbound=outbound,
            step=Step.read(delivery.query),
            speech=form.get("SpeechResult", "").strip(),
            digits=form.get("Digits", "").strip(),
            answered_by=form.get("AnsweredBy", ""),
            dial_status=form.get("DialCallStatus", ""),
        )
