"""A person puts facts of a report right, by the rules that hold for what customers say themselves.

Whatever would make the bot ask for a corrected fact again goes with it: that it was left open, or was being changed.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from claims import clock, drafts, policies
from claims.errors import BadInput
from claims.facts import FACT_NAMES, Facts
from claims.models import Draft
from claims.normalise import phone
from claims.reporting import times
from claims.reporting.heard import Refused
from claims.reporting.matching import UNKNOWN
from claims.reporting.merge import LARGEST_LOSS
from claims.rules import causes, questions

MOST_HURT = 500
OTHER_LINE = "other_line"
"""A cause that cannot happen under the line."""
#: Mobile and fixed lines of the mainland, 400 numbers, mobiles of Taiwan and Hong Kong: what the engine takes as one.
_PHONE = re.compile(r"1[3-9]\d{9}|0(?:10|2\d|[3-9]\d\d)\d{7,8}|400\d{7}|09\d{8}|[5-9]\d{7}")


class NotTaken(BadInput):
    """A value that cannot be right. fact: of which; code: a Refused, or OTHER_LINE."""

    def __init__(self, fact: str, code: str) -> None:
        super().__init__(f"the value of {fact} cannot be taken: {code}")
        self.fact, self.code = fact, code


def correct(session: Session, draft: Draft, changes: dict[str, Any]) -> Facts:
    """Write these facts into the draft; the facts said after that.

    changes: JSON values (Facts.to_json), None for a fact that is not known after all, which the bot asks again.
    BadInput for what is no value of a report, NotTaken (which is one) for a value that cannot be right.
    """
    if unknown := set(changes) - set(FACT_NAMES):
        raise BadInput(f"not facts of a report: {', '.join(sorted(unknown))}")
    given = {name: value for name, value in changes.items() if value is not None}
    flags: dict[str, Any] = dict(draft.flags or {})
    facts = _read({**{n: v for n, v in drafts.facts(draft).to_json().items() if n not in changes}, **given})
    for name in given:
        facts = _checked(session, facts, name)
    facts = _line_and_cause(session, facts, given, flags)
    _settle(facts, changes, flags)
    drafts.save(session, draft, facts, asked=draft.asked, flags=flags, misses=0)
    return facts


def _read(values: dict[str, Any]) -> Facts:
    try:
        facts = Facts.from_json(values)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise BadInput("a value of the report cannot be read") from error
    typed = (("injured_count", int), ("third_party", bool), ("police_reported", bool))
    wrong = [n for n, kind in typed if type(getattr(facts, n)) not in (kind, type(None))]
    wrong += [n for n in ("policy", "location", "description", "contact_phone") if not _words(getattr(facts, n))]
    if wrong or (facts.incident_time is not None and facts.incident_time.tzinfo is None):
        raise BadInput(f"a value of the report cannot be read: {', '.join(wrong) or 'a time needs its zone'}")
    return facts


def _words(value: object) -> bool:
    return value is None or (isinstance(value, str) and bool(value.strip()))


def _checked(session: Session, facts: Facts, name: str) -> Facts:
    """The facts with this one in its usual spelling. NotTaken when it cannot be right."""
    value = getattr(facts, name)
    match name:
        case "incident_time":
            if (why := times.refused(value, clock.now())) is not None:
                raise NotTaken(name, why)
        case "loss_estimate":
            if not value.is_finite() or not Decimal(0) <= value <= LARGEST_LOSS:
                raise NotTaken(name, Refused.NOT_AN_AMOUNT)
            return facts.with_(loss_estimate=value.quantize(Decimal("0.01")))
        case "injured_count":
            if not 0 <= value <= MOST_HURT:
                raise NotTaken(name, Refused.NOT_AN_AMOUNT)
        case "contact_phone":
            if not _PHONE.fullmatch(number := phone(value)):
                raise NotTaken(name, Refused.NOT_A_PHONE)
            return facts.with_(contact_phone=number)
        case "policy" if value != UNKNOWN:
            policy = policies.find_policy(session, value)
            if policy is None:
                raise NotTaken(name, Refused.POLICY_NOT_FOUND)
            return facts.with_(policy=policy.number)
        case "location" | "description":
            return facts.with_(**{name: value.strip()})
    return facts


def _line_and_cause(session: Session, facts: Facts, given: dict[str, Any], flags: dict[str, Any]) -> Facts:
    """A line that nobody said is that of the policy; a cause that the new line does not know is asked anew."""
    if "line" in given:
        flags.pop("line_of_policy", None)
    elif "policy" in given and (facts.line is None or flags.get("line_of_policy")):
        policy = policies.find_policy(session, given["policy"])
        if policy is not None:
            flags["line_of_policy"], facts = True, facts.with_(line=policy.line)
    line = questions.implied(facts).line
    if facts.cause is not None and line is not None and causes.read_for_line(facts.cause, line) is None:
        if "cause" in given:
            raise NotTaken("cause", OTHER_LINE)
        facts = facts.with_(cause=None)
    return facts


def _settle(facts: Facts, changes: dict[str, Any], flags: dict[str, Any]) -> None:
    """What the draft remembers of a fact besides its value, as far as it is another now."""
    if flags.get("editing") in changes:
        flags.pop("editing")
    flags["skipped"] = [name for name in flags.get("skipped", []) if name not in changes]
    if "policy" in changes:
        for name in ("options", "policy_said"):
            flags.pop(name, None)
    if "loss_estimate" in changes:
        flags.pop("loss_from", None)
    if "incident_time" in changes:
        when: datetime | None = facts.incident_time
        flags["day_only"] = when is not None and times.is_day_only(when)
    if facts.injured_count == 0 and "injured_count" in changes:
        flags.pop("someone_hurt", None)
