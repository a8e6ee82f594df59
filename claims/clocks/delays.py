"""Moving a promise: the customer is told why and until when, before the promised time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from claims import audit, clock
from claims.clocks.running import Clock, running
from claims.errors import BadInput, NotFound
from claims.models import Claim, ClockDelay
from claims.notices import planning


def tell(
    session: Session, claim: Claim, key: str, *, reason: str | None, until: datetime | None, actor: str
) -> ClockDelay:
    """Move the promise of a clock that runs; by default with the reason and the extension of its rule.

    NotFound when the clock does not run. BadInput for a limit of the law, or an end that is not later than the one
    promised. The notice to the customer is planned with it.
    """
    found = next((each for each in running(session, claim) if each.rule.key == key), None)
    if found is None:
        raise NotFound(f"the clock {key} does not run for claim {claim.number}")
    return move(session, found, reason=reason, until=until, actor=actor)


def move(session: Session, found: Clock, *, reason: str | None, until: datetime | None, actor: str) -> ClockDelay:
    """The same for a clock at hand."""
    rule = found.rule.delay
    if rule is None:
        raise BadInput("a limit of the law cannot be moved")
    until = until or rule.until(found.due)
    if until <= found.due:
        raise BadInput("the new end must be later than the one promised")
    delay = ClockDelay(
        claim_id=found.claim.id,
        clock=found.rule.key,
        started_at=found.started_at,
        promised=found.due,
        until=until,
        reason=(reason or "").strip() or rule.reason,
        actor=actor,
        created_at=clock.now(),
    )
    session.add(delay)
    session.flush()
    detail = {"clock": found.rule.key, "until": until.isoformat(timespec="seconds")}
    planning.delayed(session, found.claim, delay)
    audit.record(session, actor, "delay_told", f"claim:{found.claim.number}", detail)
    return delay
