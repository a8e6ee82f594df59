"""One turn of a report: take what was said into the stored draft and decide what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from claims import drafts, policies, registration
from claims.facts import Facts
from claims.models import Claim, Draft, Policy
from claims.reporting import matching, places, steps, times
from claims.reporting.heard import Heard, Refused
from claims.reporting.merge import merge
from claims.rules import questions
from claims.vocabulary import Cause, Priority


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one message did to the report, and what comes next.

    changed holds what was said and what follows from it; corrected only what the customer said anew; urgency is set in
    the turn in which people come first, and not again.
    """

    facts: Facts
    changed: tuple[str, ...]
    corrected: tuple[str, ...]
    refused: tuple[tuple[str, Refused], ...]
    urgency: steps.Urgency | None
    next: steps.Next


def take(session: Session, draft: Draft, heard: Heard, customer_id: str | None) -> Outcome:
    """Take one message into the draft, store it, and say what comes next. Same message, same outcome."""
    said_before, before = drafts.facts(draft), known(draft)
    flags: dict[str, Any] = dict(draft.flags or {})
    merged = merge(said_before, heard)
    facts, refused = merged.facts, list(merged.refused)
    if merged.day_only != flags.get("day_only", False) and "incident_time" in merged.changed:
        flags["day_only"] = merged.day_only
    if merged.loss_from is not None:
        flags["loss_from"] = f"{merged.loss_from:.2f}"
    elif heard.first("amount") is not None:
        flags.pop("loss_from", None)
    if heard.first("injured") or (heard.first("injured_count") or 0) > 0:
        flags["someone_hurt"] = True
    if heard.first("insurance_line") is not None:
        flags.pop("line_of_policy", None)
    if heard.leaves_open:
        flags["skipped"] = sorted({*flags.get("skipped", []), heard.leaves_open})
    stated = _match_policy(session, heard, facts, flags, refused, customer_id)
    facts = questions.implied(stated)
    editing = flags.get("editing")
    changed = tuple(n for n, v in facts.said().items() if v != getattr(before, n))
    corrected = tuple(
        n
        for n, v in stated.said().items()
        if getattr(said_before, n) not in (None, v) and not _made_more_exact(n, said_before, stated)
    )
    if editing and (editing in changed or heard.leaves_open == editing or changed):
        flags.pop("editing")
    urgency = _newly_urgent(facts, flags, heard)
    if changed or heard.leaves_open or heard.intent == "report_claim":
        draft.misses = 0
    elif not heard.values:
        # Something known was said again: no answer, but understood all the same.
        draft.misses += 1
    following = _next(session, draft, facts, flags, heard)
    drafts.save(session, draft, stated, asked=_asked(following), flags=flags)
    return Outcome(facts, changed, corrected, tuple(refused), urgency, following)


def _newly_urgent(facts: Facts, flags: dict[str, Any], heard: Heard) -> steps.Urgency | None:
    """The urgency of which the customer has not heard yet, noted in the flags as told. The hour of an injury of
    yesterday makes no emergency of it; that it was today, after all, does."""
    found = steps.urgency(facts, bool(flags.get("someone_hurt")), heard.now)
    helped = flags.get("aid_told") and not (found is steps.Urgency.NOW and heard.corrects)
    if found is None or flags.get("emergency_told") or helped:
        return None
    flags["emergency_told" if found is steps.Urgency.NOW else "aid_told"] = True
    return found


def _made_more_exact(name: str, before: Facts, after: Facts) -> bool:
    """Whether an hour was added to the day, or a place that can be found to one that cannot: nothing was wrong."""
    match name:
        case "incident_time":
            return times.is_hour_of(after.incident_time, before.incident_time)
        case "location":
            return before.location is not None and places.is_vague(before.location)
        case _:
            return False


def known(draft: Draft) -> Facts:
    """What was said and what follows from it. Only what was said is stored: a corrected cause takes its own
    consequences along."""
    return questions.implied(drafts.facts(draft))


def where(session: Session, draft: Draft, heard: Heard) -> steps.Next:
    """What the report is waiting for, without taking anything in."""
    following = _next(session, draft, known(draft), dict(draft.flags or {}), heard)
    if draft.asked != _asked(following):
        drafts.save(session, draft, drafts.facts(draft), asked=_asked(following))
    return following


def edit(session: Session, draft: Draft, fact: str) -> None:
    """Ask for one fact again; the old value stands until a good new one comes."""
    flags = dict(draft.flags or {})
    flags["editing"] = fact
    flags["skipped"] = [name for name in flags.get("skipped", []) if name != fact]
    drafts.save(session, draft, drafts.facts(draft), asked=fact, flags=flags)


def insist(session: Session, draft: Draft, flag: str, value: Any = True) -> None:
    """Remember a decision of the customer: report in spite of a cover problem, or as another event."""
    drafts.save(session, draft, drafts.facts(draft), asked=draft.asked, flags={**(draft.flags or {}), flag: value})


def policy_of(session: Session, facts: Facts) -> Policy | None:
    """The policy the facts name, or None while it is open or unknown."""
    if facts.policy is None or not steps.has_policy(facts):
        return None
    return policies.find_policy(session, facts.policy)


def priority_of(facts: Facts, flags: dict[str, Any]) -> Priority:
    """Emergencies first, then deaths and serious harm, then the rest."""
    if flags.get("emergency_told") and (flags.get("someone_hurt") or facts.cause == Cause.THIRD_PARTY_INJURY):
        return Priority.EMERGENCY
    if facts.cause in (Cause.DEATH, Cause.CRITICAL_ILLNESS) or (facts.injured_count or 0) > 0:
        return Priority.HIGH
    return Priority.NORMAL


def register(session: Session, draft: Draft, customer_id: str | None) -> tuple[Claim, bool]:
    """Register the confirmed draft once, however often it is confirmed."""
    facts = known(draft)
    flags = dict(draft.flags or {})
    policy = policy_of(session, facts) or registration.policy_for_phone(session, facts)
    return registration.register(
        session,
        draft=draft,
        facts=facts,
        policy=policy,
        customer_id=customer_id or (policy.customer_id if policy else None),
        priority=priority_of(facts, flags),
        key=f"draft:{draft.id}",
        actor="customer",
    )


def _match_policy(
    session: Session,
    heard: Heard,
    stated: Facts,
    flags: dict[str, Any],
    refused: list[tuple[str, Refused]],
    customer_id: str | None,
) -> Facts:
    seen = questions.implied(stated)
    match = matching.by_words(session, heard, seen)
    if match.said:
        flags["policy_said"] = match.said
        if not match.found:
            refused.append(("policy", Refused.POLICY_NOT_FOUND))
            return stated
    elif heard.first("policy") == matching.UNKNOWN or heard.leaves_open == "policy" or _only_a_phone(heard):
        return stated.with_(policy=matching.UNKNOWN)
    elif seen.policy is None and flags.get("options") and seen.line is not None:
        match = matching.among(session, flags["options"], seen)
    elif seen.policy is None and customer_id is not None and seen.line is not None:
        match = matching.of_customer(session, customer_id, seen)
    if match.only is not None:
        flags.pop("options", None)
        if seen.line is None or flags.get("line_of_policy"):
            # Nobody said the line: it is the policy's, and goes with it when another policy is named.
            flags["line_of_policy"] = True
            stated = stated.with_(line=match.only.line)
        return stated.with_(policy=match.only.number)
    if match.found:
        flags["options"] = [p.number for p in match.found]
    return stated


def _only_a_phone(heard: Heard) -> bool:
    """A phone number in answer to "which policy": no proof of anything, so it leads to the policy only at
    registration, where nobody but the handler sees what was found."""
    return heard.awaiting == "policy" and heard.first("phone") is not None


def _next(session: Session, draft: Draft, facts: Facts, flags: dict[str, Any], heard: Heard) -> steps.Next:
    if editing := flags.get("editing"):
        return steps.Ask(editing, draft.misses, tuple(flags.get("options", ())) if editing == "policy" else ())
    policy = policy_of(session, facts)
    problem = steps.cover_problem(policy, facts, heard.now)
    if problem is not None and flags.get("insists") != str(problem):
        return steps.NotCovered(problem)
    if not flags.get("another_event") and facts.incident_time is not None:
        known = registration.same_event(session, policy=policy, facts=facts)
        if known is not None:
            return steps.AlreadyReported(known)
    skipped = frozenset(flags.get("skipped", ()))
    return steps.after_cover(facts, skipped, draft.misses, tuple(flags.get("options", ())))


def _asked(following: steps.Next) -> str:
    match following:
        case steps.Ask(fact=fact):
            return fact
        case steps.Confirm():
            return "confirm"
        case _:
            return "choice"
