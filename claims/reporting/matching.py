"""Which policy a report is about: by what the customer said, or by who they have proven to be."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims import policies
from claims.facts import Facts
from claims.models import Policy
from claims.reporting.heard import Heard

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The policies that fit what was said (said: the words to show the customer), or none."""

    said: str | None
    found: tuple[Policy, ...] = ()

    @property
    def only(self) -> Policy | None:
        return self.found[0] if len(self.found) == 1 else None


def by_words(session: Session, heard: Heard, facts: Facts) -> Match:
    """Match a policy number, a plate or an ID card number named in the message. One thing named, one answer."""
    if (number := heard.first("policy_no")) is not None:
        policy = policies.find_policy(session, str(number))
        return Match(str(number), (policy,) if policy else ())
    if (plate := heard.first("plate_no")) is not None:
        return Match(str(plate), _narrow(policies.find_by_plate(session, str(plate)), facts))
    if (card := heard.first("id_card")) is not None:
        return Match(_masked(str(card)), _narrow(policies.find_by_id_card(session, str(card)), facts))
    return Match(None)


def of_customer(session: Session, customer_id: str, facts: Facts) -> Match:
    """The policies of a proven customer that can be meant."""
    return Match(None, _narrow(policies.policies_of(session, customer_id, facts.line), facts))


def among(session: Session, numbers: list[str], facts: Facts) -> Match:
    """Which of the policies found before is meant, now that more is known."""
    found = [policies.find_policy(session, number) for number in numbers]
    return Match(None, _narrow([policy for policy in found if policy is not None], facts))


def _narrow(found: list[Policy], facts: Facts) -> tuple[Policy, ...]:
    """Keep those of the line, then those in force at the time of loss, as long as any are left."""
    kept = [p for p in found if facts.line is None or p.line == facts.line] or found
    if (when := facts.incident_time) is not None:
        kept = [p for p in kept if p.starts_at <= when < p.ends_at] or kept
    return tuple(kept)


def _masked(card: str) -> str:
    return f"{card[:3]}***{card[-4:]}"
