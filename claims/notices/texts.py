"""The words of a notice: chosen by step, channel and what happened to the customer, filled from the claim."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import model_validator
from sqlalchemy.orm import Session

from claims import clock, lifecycle, materials
from claims.models import Claim, ClockDelay, TimelineEntry
from claims.rules import causes, service_levels
from claims.rules.clocks import rule
from claims.rules.loading import Rule, read_rules
from claims.vocabulary import ClaimState, MaterialState

FILE = Path(__file__).with_name("wording.yml")
SHORT = frozenset({"sms", "voice"})


class Words(Rule):
    chat: str
    sms: str

    def on(self, channel: str) -> str:
        return self.sms if channel in SHORT else self.chat


class Notice(Words):
    gentle: Words

    def fitting(self, channel: str, gentle: bool) -> str:
        return (self.gentle if gentle else self).on(channel)


class Wording(Rule):
    steps: dict[ClaimState, Notice]
    delay: Notice
    parts: dict[str, str]

    @model_validator(mode="after")
    def _complete(self) -> Wording:
        for state in ClaimState:
            if state not in self.steps:
                raise ValueError(f"state {state} is missing")
        return self


@cache
def wording() -> Wording:
    """The file, read and checked; RuleFileError if it is wrong."""
    return read_rules(FILE, Wording)


def of_step(session: Session, claim: Claim, entry: TimelineEntry, channel: str, *, gentle: bool) -> str:
    """The notice of a step, for this channel."""
    expected = service_levels.expected(
        entry.state_to, entry.at, claim.line, accepted_at=lifecycle.entered(claim, ClaimState.ACCEPTED), now=entry.at
    )
    amount = _money(claim)
    parts = wording().parts
    return (
        wording()
        .steps[entry.state_to]
        .fitting(channel, gentle)
        .format(
            claim_no=claim.number,
            line=causes.line_name(claim.line),
            state=lifecycle.STATE_NAMES[entry.state_to],
            next_step=expected.next_step,
            due=_moment(expected.due),
            missing=_missing(session, claim) if entry.state_to is ClaimState.MATERIALS else "",
            amount=amount,
            calculation=parts["calculation"].format(note=_sentence(entry.note)) if entry.note.strip() else "",
            grounds=_sentence(claim.rejection_grounds or ""),
            paid=parts["paid"].format(amount=amount) if entry.state_from is ClaimState.PAYMENT else "",
        )
    )


def of_delay(claim: Claim, delay: ClockDelay, channel: str, *, gentle: bool) -> str:
    """The notice of a promise that was moved, for this channel."""
    return (
        wording()
        .delay.fitting(channel, gentle)
        .format(
            claim_no=claim.number,
            clock=rule(delay.clock).name,
            promised=_moment(delay.promised),
            until=_moment(delay.until),
            reason=_sentence(delay.reason),
        )
    )


def part(name: str) -> str:
    """A sentence for staff."""
    return wording().parts[name]


def _missing(session: Session, claim: Claim) -> str:
    wanted = (MaterialState.MISSING, MaterialState.REJECTED)
    names = [item.name for item in materials.standing(session, claim) if item.required and item.state in wanted]
    return "、".join(names) or part("nothing_missing")


def _money(claim: Claim) -> str:
    return "" if claim.offer_amount is None else f"{claim.offer_amount:,.2f}元".replace(".00元", "元")


def _moment(when: datetime) -> str:
    local = clock.local(when)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def _sentence(text: str) -> str:
    """Without the full stop that the wording sets itself."""
    return text.strip().rstrip("。.；;")
