"""What one message adds to the facts. Pure: nothing is read or written here.

The latest statement wins, but a value that cannot be right never replaces one that was: it is refused
with a reason that the customer is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from claims.facts import Facts
from claims.reporting import places, times
from claims.reporting.heard import Heard, Refused
from claims.rules import causes, questions
from claims.vocabulary import Cause, Line

COLLISIONS = frozenset({Cause.COLLISION_SINGLE, Cause.COLLISION_MULTI})
LARGEST_LOSS = Decimal("1000000000")
#: Shorter sentences ("我要报案") describe nothing.
SHORTEST_DESCRIPTION = 8
#: Moments at which any fact may be given anew.
OPEN_TO_CHANGES = frozenset({None, "confirm", "choice"})
#: The values that answer a question, where they are not named like the fact.
ANSWERED_BY: dict[str, tuple[str, ...]] = {
    "loss_estimate": ("amount",),
    "contact_phone": ("phone",),
    "line": ("insurance_line",),
    "policy": ("policy_no", "plate_no", "id_card"),
}
YES_NO_FACTS = ("third_party", "police_reported")


@dataclass(frozen=True, slots=True)
class Merged:
    """The facts said up to and with a message, the names of those that changed, and the values refused.

    day_only: a day was said without an hour. loss_from: the lower end of a range of the loss, whose upper end is the
    estimate.
    """

    facts: Facts
    changed: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]
    day_only: bool = False
    loss_from: Decimal | None = None


def merge(facts: Facts, heard: Heard) -> Merged:
    """Take what a message says into the facts. Policies are matched elsewhere (claims.reporting.matching)."""
    found: dict[str, Any] = {}
    refused: list[tuple[str, Refused]] = []
    day_only = False
    if heard.first("incident_time") is not None:
        told = times.told(str(heard.first("incident_time")), heard, facts.incident_time)
        if told.refused is not None:
            refused.append(("incident_time", told.refused))
        else:
            found["incident_time"], day_only = told.when, told.day_only
    _take_kind(facts, heard, found)
    loss_from = _take_amount(heard, found, refused)
    _take_phone(heard, found)
    if heard.awaiting != "location":
        named = [place for place in heard.values.get("location", []) if not places.is_vague(place)]
        heard = replace(heard, values={**heard.values, "location": named})
    for name in ("location", "injured_count", *YES_NO_FACTS):
        value = heard.first(name)
        if value is not None:
            found[name] = value
    if heard.awaiting in YES_NO_FACTS and heard.awaiting not in found and heard.intent in ("affirm", "deny"):
        found[heard.awaiting] = heard.intent == "affirm"
    if not heard.corrects and heard.awaiting not in OPEN_TO_CHANGES:
        # Whoever answers one question tells of other things in passing ("交警处理了，车在马路边"): that completes the
        # facts and does not change those given before.
        free = {heard.awaiting, *_not_settled(facts, heard)}
        found = {name: value for name, value in found.items() if name in free or getattr(facts, name) is None}
    _take_description(facts, heard, found)
    merged = facts.with_(**found)
    changed = tuple(n for n, v in merged.said().items() if v != getattr(facts, n))
    return Merged(merged, changed, tuple(refused), day_only, loss_from if "loss_estimate" in found else None)


def _not_settled(facts: Facts, heard: Heard) -> set[str]:
    """Facts that may still be made more exact: a day without its hour, a place that nobody can drive to, a line that
    was only inferred."""
    open_still = set()
    if facts.location is not None and places.is_vague(facts.location):
        open_still.add("location")
    if facts.incident_time is not None and times.is_day_only(facts.incident_time):
        open_still.add("incident_time")
    if heard.first("insurance_line") is not None:
        open_still |= {"line", "cause"}
    if facts.cause is Cause.COLLISION_MULTI and facts.third_party is None and heard.first("third_party") is False:
        open_still.add("cause")  # "撞了" may be against anything, until the guard rail is named
    return open_still


def _take_kind(facts: Facts, heard: Heard, found: dict[str, Any]) -> None:
    """Line and cause settle each other: a plate or "追尾" says auto, and "车险" rules out 住院."""
    said_line = _member(Line, heard.first("insurance_line"))
    line = said_line or (Line.AUTO if heard.first("plate_no") is not None else questions.implied(facts).line)
    hint = _member(Line, heard.first("line_hint"))
    said = [c for c in (_member(Cause, v) for v in heard.values.get("cause", [])) if c]
    fitting = [c for c in said if line is None or causes.read_for_line(c, line) is not None]
    if not fitting and said and said_line is None and facts.cause is None:
        # The words name a cause that the line does not know: the event is the better witness.
        fitting, line = said, None
    counted = heard.first("injured_count")
    recounts = counted is not None and facts.injured_count not in (None, counted) and said_line is None
    if fitting == [Cause.INJURY] and facts.cause in COLLISIONS and recounts:
        fitting = []  # who corrects how many were hurt in a collision does not say that there was none
    cause = fitting[0] if fitting else facts.cause
    if line is None and hint is not None and (cause is None or hint in causes.candidate_lines(cause)):
        line = hint
    if cause is not None and line is not None and causes.read_for_line(cause, line) is None:
        cause = None
    if cause != facts.cause:
        found["cause"] = cause
    # A line that only follows from the cause is not stored: it goes when the cause is corrected.
    if said_line or heard.first("plate_no") is not None or line != questions.implied(facts.with_(cause=cause)).line:
        found["line"] = line


def _take_amount(heard: Heard, found: dict[str, Any], refused: list[tuple[str, Refused]]) -> Decimal | None:
    """Take the loss. The lower end when a range was said: the estimate is its upper end, so that nothing is played
    down."""
    said = heard.first("amount")
    if said is None:
        return None
    ends = said if isinstance(said, list | tuple) else [said]
    try:
        lower, upper = (Decimal(str(end)).quantize(Decimal("0.01")) for end in (ends[0], ends[-1]))
    except InvalidOperation:
        refused.append(("loss_estimate", Refused.NOT_AN_AMOUNT))
        return None
    if not Decimal(0) <= upper <= LARGEST_LOSS:
        refused.append(("loss_estimate", Refused.NOT_AN_AMOUNT))
        return None
    found["loss_estimate"] = upper
    return lower if Decimal(0) <= lower < upper else None


def _take_phone(heard: Heard, found: dict[str, Any]) -> None:
    phone = heard.first("phone")
    if phone is not None:
        found["contact_phone"] = str(phone)


def _take_description(facts: Facts, heard: Heard, found: dict[str, Any]) -> None:
    if heard.leaves_open is not None:
        return
    text = heard.text.strip()
    if heard.awaiting == "description" and heard.intent not in ("affirm", "deny", "correct_detail"):
        found["description"] = text
    elif len(text) >= SHORTEST_DESCRIPTION and _tells_more(facts, heard):
        told = facts.description
        found["description"] = text if told is None else told if text in told else f"{told}；{text}"


def _tells_more(facts: Facts, heard: Heard) -> bool:
    """Whether a sentence tells of the event, beyond answering the question that was asked."""
    if heard.intent == "report_claim":
        return True
    if facts.description is None and heard.intent == "inform" and {"cause", "incident_time"} <= set(heard.values):
        return True
    answers = ANSWERED_BY.get(heard.awaiting or "", (heard.awaiting,))
    return heard.intent == "inform" and "cause" in heard.values and not any(name in heard.values for name in answers)


def _member(enum: type[Any], value: Any) -> Any | None:
    try:
        return enum(value) if value is not None else None
    except ValueError:
        return None
