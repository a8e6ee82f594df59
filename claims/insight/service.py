"""The figures of the service plan that customers judge us by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.insight.figures import Rows, Share
from claims.insight.month import Month
from claims.insight.querying import within
from claims.insight.repeats import repeat
from claims.insight.volume import reported_in
from claims.models import ServiceRequest


@dataclass(frozen=True, slots=True)
class Service:
    """covered: of the claims closed in the month and at least 72 h ago, those whose customer a callback reached within
    72 h. satisfied: of the overall marks given, those of 4 and 5. solved: of the problems found (and at least 48 h
    old, unless solved before), those solved within 48 h. complaints: in the month, against the claims reported in it.
    repeat: claims of a customer or policy that had one in the year before."""

    covered: Share
    satisfied: Share
    solved: Share
    complaints: Share
    repeat: Share

    @property
    def all(self) -> tuple[Share, ...]:
        return (self.covered, self.satisfied, self.solved, self.complaints, self.repeat)


TARGETS = {"covered": Decimal(90), "satisfied": Decimal(85), "solved": Decimal(70)}


def service(session: Session, month: Month, now: datetime) -> Service:
    """now: the moment up to which promises had to be kept (aware)."""
    reported = reported_in(session, month)
    claims = Rows.of("claims", (claim.id for claim in reported))
    return Service(
        covered=Share("covered", Rows("claims"), Rows("claims"), TARGETS["covered"]),
        satisfied=Share("satisfied", Rows("claims"), Rows("claims"), TARGETS["satisfied"]),
        solved=Share("solved", Rows("claims"), Rows("claims"), TARGETS["solved"]),
        complaints=Share("complaints", _complaints(session, month), claims),
        repeat=repeat(session, reported),
    )


def _complaints(session: Session, month: Month) -> Rows:
    query = select(ServiceRequest.id).where(
        ServiceRequest.kind == "complaint", within(ServiceRequest.created_at, month)
    )
    return Rows.of("service_requests", session.scalars(query.order_by(ServiceRequest.created_at)))
