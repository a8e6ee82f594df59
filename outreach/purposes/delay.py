"""A promise that will not be kept is told before it ends. Rows are planned with the delay (claims.notices.planning)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from claims import clocks
from claims.models import Claim, ClockDelay
from claims.notices import texts
from claims.notices.planning import DELAY
from claims.outreach import Due
from claims.vocabulary import OutreachKind
from outreach.purpose import Occasion, Prepared, Purpose, Say, Skip, one_by_one
from outreach.purposes.progress import WRITTEN


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Nothing: see above."""
    return ()


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The notice, unless the step was done meanwhile or the promise was moved once more."""
    delay = session.get_one(ClockDelay, occasion.row.subject)
    claim = session.get_one(Claim, delay.claim_id)
    told = [each.delays[-1].id for each in clocks.running(session, claim) if each.delays]
    if delay.id not in told:
        return Skip("no_longer")
    return Say(texts.of_delay(claim, delay, occasion.channel, gentle=occasion.gentle))


PURPOSE = Purpose(DELAY, OutreachKind.SERVICE, plan, one_by_one(prepare), WRITTEN)
