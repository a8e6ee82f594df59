"""The facts of a report that is not finished, as an agent reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from claims import drafts
from claims.facts import Facts
from claims.models import Draft
from claims.reporting.matching import UNKNOWN
from claims.reporting.summary import items
from claims.rules import causes
from desk.shown import day_and_hour, whole_yuan
from desk.wording import named, say


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
