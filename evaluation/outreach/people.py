"""Ten kinds of customers with claims that are closed over a month, put into an empty database."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from claims import crypto
from claims.database import unit_of_work
from claims.models import Claim, Customer, TimelineEntry
from claims.models.base import new_id
from claims.vocabulary import Cause, ClaimState, CustomerKind, Line, Priority, Role, Tier

Habit = Literal[
    "answers", "second_call", "by_text", "by_link", "changes", "late", "busy", "ignores", "opts_out", "angry"
]

HABITS: dict[Habit, int] = {
    "answers": 38,
    "second_call": 14,
    "by_text": 13,
    "by_link": 9,
    "changes": 6,
    "angry": 8,
    "busy": 4,
    "late": 3,
    "ignores": 3,
    "opts_out": 2,
}
"""How many of a hundred. answers: at once; second_call: to the second; by_text, by_link: only so; changes: begins on
one channel and goes on on the next; late: after three days; busy: asks to be called later; angry: a low score."""

CITIES = ("北京", "上海", "广州", "成都", "乌鲁木齐", "喀什", None)
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """One closed claim and its customer."""

    claim_id: str
    customer_id: str
    phone: str
    city: str | None
    closed_at: datetime
    habit: Habit


def populate(url: str, count: int, begins: datetime, days: int) -> list[Case]:
    """Made-up customers, one claim each, closed at any hour of these days."""
    habits = random.choices(list(HABITS), weights=list(HABITS.values()), k=count)
    cases = [
        Case(
            claim_id=new_id(),
            customer_id=new_id(),
            phone=f"139{number:08d}",
            city=random.choice(CITIES),
            closed_at=begins + timedelta(seconds=random.uniform(0, days * 86_400)),
            habit=habit,
        )
        for number, habit in enumerate(habits)
    ]
    with unit_of_work(url) as unit:
        _staff(unit.session)
        for first in range(0, count, _AT_ONCE):
            _put(unit.session, cases[first : first + _AT_ONCE], first)
        unit.commit()
    return cases


def _staff(session: Session) -> None:
    from claims.models import StaffAccount

    session.add(StaffAccount(login="handler01", name="刘洋", role=Role.HANDLER))
    session.flush()


def _put(session: Session, cases: list[Case], first: int) -> None:
    """The claim becomes closed when its time comes (`close`)."""
    session.execute(
        insert(Customer),
        [
            {
                "id": case.customer_id,
                "kind": CustomerKind.PERSON,
                "name": "客户",
                "phone": case.phone,
                "phone_index": crypto.blind_index(case.phone),
                "city": case.city,
                "created_at": case.closed_at,
            }
            for case in cases
        ],
    )
    session.execute(
        insert(Claim),
        [
            {
                "id": case.claim_id,
                "number": f"C{first + number:015d}",
                "registration_key": f"simulated:{case.claim_id}",
                "customer_id": case.customer_id,
                "state": ClaimState.PAYMENT,
                "state_since": case.closed_at,
                "reported_at": case.closed_at - timedelta(days=9),
                "priority": Priority.NORMAL,
                "tier": Tier.MAJOR if (first + number) % 12 == 0 else Tier.REGULAR,
                "line": Line.AUTO,
                "cause": Cause.DEATH if (first + number) % 40 == 0 else Cause.SCRATCH,
            }
            for number, case in enumerate(cases)
        ],
    )
    session.flush()


def close(session: Session, cases: list[Case]) -> None:
    """These claims are closed now, at the moment that was chosen for each."""
    for case in cases:
        claim = session.get_one(Claim, case.claim_id)
        claim.state, claim.state_since = ClaimState.CLOSED, case.closed_at
        entry = TimelineEntry(
            claim_id=claim.id,
            at=case.closed_at,
            state_from=ClaimState.PAYMENT,
            state_to=ClaimState.CLOSED,
            actor="handler01",
        )
        session.add(entry)
    session.flush()
