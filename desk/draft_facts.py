"""The facts of a report that is not finished, as an agent reads them and as an agent types them to put them right."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from claims import clock, drafts
from claims.facts import Facts
from claims.models import Draft
from claims.reporting.matching import UNKNOWN
from claims.reporting.summary import ORDER, items
from claims.rules import causes, questions
from claims.vocabulary import Line
from desk.problems import Refused
from desk.shown import DAY_AND_TIME, amount_of, day_and_hour, moment_of, whole_yuan
from desk.wording import named, say

YES_NO = ("yes", "no")


def shown(draft: Draft) -> list[tuple[str, str]]:
    """Label and value of everything said so far, in the order in which it is read back to the customer."""
    facts, flags = drafts.facts(draft), dict(draft.flags or {})
    return [(named("facts", item.fact), value(facts, item.fact, flags)) for item in items(facts)]


def value(facts: Facts, name: str, flags: dict[str, Any]) -> str:
    """One fact that was said, in Chinese. flags: of the draft, which know a day without its hour and a range."""
    said = getattr(facts, name)
    match name:
        case "line":
            return causes.line_name(said)
        case "cause":
            return causes.cause_name(said, facts.line)
        case "policy":
            return say("draft.policy_unknown") if said == UNKNOWN else str(said)
        case "incident_time":
            return day_and_hour(said, day_only=bool(flags.get("day_only")))
        case "injured_count":
            return say("draft.hurt", count=said) if said else say("draft.nobody_hurt")
        case "third_party" | "police_reported":
            return named("yes_no", "yes" if said else "no")
        case "loss_estimate":
            low = f"{whole_yuan(Decimal(flags['loss_from']))}–" if "loss_from" in flags else ""
            return f"{low}{whole_yuan(said)} 元"
    return str(said)


def fields(draft: Draft) -> list[dict[str, Any]]:
    """What can be put right, in the order of the summary: everything said, and what the bot still asks for.

    Each with its name, label, typed value (empty: not known), and the choices by value where there are such.
    """
    facts, flags = drafts.facts(draft), dict(draft.flags or {})
    known = questions.implied(facts)
    wanted = {*facts.said(), *questions.missing(facts), *flags.get("skipped", ())}
    return [
        {
            "name": name,
            "label": named("facts", name),
            "typed": _typed(facts, name, flags),
            "choices": _choices(known, name),
        }
        for name in ORDER
        if name in wanted
    ]


def read(typed: dict[str, str]) -> dict[str, Any]:
    """What was typed as JSON values of the report; None for an emptied field. Refused for what cannot be read."""
    return {name: _read(name, text.strip()) if text.strip() else None for name, text in typed.items()}


def _typed(facts: Facts, name: str, flags: dict[str, Any]) -> str:
    said = getattr(facts, name)
    match said:
        case None:
            return ""
        case bool():
            return YES_NO[0] if said else YES_NO[1]
        case datetime():
            return clock.local(said).strftime("%Y-%m-%d" if flags.get("day_only") else DAY_AND_TIME)
        case Decimal():
            return f"{said:.2f}".removesuffix(".00")
    return "" if name == "policy" and said == UNKNOWN else str(said)


def _choices(known: Facts, name: str) -> dict[str, str]:
    match name:
        case "line":
            return {line.value: causes.line_name(line) for line in Line}
        case "cause":
            return {each.value: causes.cause_name(each, known.line) for each in questions.possible_causes(None)}
        case "third_party" | "police_reported":
            return {each: named("yes_no", each) for each in YES_NO}
    return {}


def _read(name: str, text: str) -> Any:
    match name:
        case "incident_time":
            return _moment(text).isoformat()
        case "loss_estimate":
            return str(amount_of(text))
        case "injured_count":
            if not (text.isascii() and text.isdigit() and len(text) < 6):
                raise Refused(422, "fact_not_a_count")
            return int(text)
        case "third_party" | "police_reported":
            return text == YES_NO[0]
    return text


def _moment(text: str) -> datetime:
    """A day alone is midnight, as everywhere in a report."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (the zone is given below)
    except ValueError:
        try:
            return moment_of(text)
        except Refused:
            raise Refused(422, "fact_not_a_time") from None
    return datetime.combine(day, time.min, clock.SHANGHAI)
