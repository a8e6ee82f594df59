"""Made-up months of work, so that the monthly report has something to show: the same at each run, and nobody real.

The customers are called 演示客户 and a number, their phones begin with 000, and all of them are opted out: nothing is
ever sent to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, crypto
from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.lifecycle import move
from claims.models import Claim, Customer, OptOut, Policy
from claims.registration import register
from claims.rules.causes import possible_causes
from claims.rules.plans import plan
from claims.vocabulary import ClaimState as S
from claims.vocabulary import Line, Priority, Tier

KEY = "history"
CUSTOMERS = 2600
CLAIMS_A_DAY = (5, 9)
LINES = {Line.AUTO: 52, Line.HEALTH: 20, Line.ACCIDENT: 12, Line.PROPERTY: 10, Line.LIABILITY: 6}
PREFIXES = {Line.AUTO: "A", Line.HEALTH: "H", Line.ACCIDENT: "I", Line.PROPERTY: "P", Line.LIABILITY: "L"}
AMOUNTS = {Line.AUTO: 3200, Line.HEALTH: 6800, Line.ACCIDENT: 2400, Line.PROPERTY: 5200, Line.LIABILITY: 7600}
CITIES = ("北京", "上海", "广州", "深圳", "成都", "杭州")
# Reports an hour of the day, from midnight on: after the morning and the evening rush, and in the evening.
HOURS = (3, 2, 1, 1, 1, 2, 5, 12, 22, 26, 24, 19, 13, 14, 18, 19, 20, 25, 28, 22, 17, 12, 8, 5)
# Median hours in each step.
STEPS = {
    S.REPORTED: 9,
    S.MATERIALS: 46,
    S.ACCEPTED: 12,
    S.INSPECTION: 30,
    S.ASSESSMENT: 40,
    S.APPROVAL: 14,
    S.OFFER: 18,
    S.PAYMENT: 10,
    S.DISPUTED: 30,
    S.REJECTED: 96,
}
WAYS = {
    (S.MATERIALS, S.ACCEPTED, S.INSPECTION, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT, S.CLOSED): 68,
    (S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT, S.CLOSED): 16,
    (S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.DISPUTED, S.OFFER, S.PAYMENT, S.CLOSED): 4,
    (S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.REJECTED, S.CLOSED): 5,
    (S.MATERIALS, S.REJECTED, S.CLOSED): 2,
    (S.MATERIALS, S.WITHDRAWN): 5,
}


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up claim, for what comes on top of it (talks, surveys). closed_at: when it was, if it was."""

    claim: Claim
    customer: Customer
    number: int
    closed_at: datetime | None


def seed_history(session: Session, first: date, last: date) -> list[Made]:
    """Claims reported from `first` to `last` (days in Shanghai) that have come to their end by now, so that none of
    them waits for anybody. Commit afterwards. What is there already is left as it is; what is new comes back."""
    made: list[Made] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for number in range(1, Random(f"{day}").randint(*CLAIMS_A_DAY) + 1):
            found = _claim(session, day, number)
            if found is not None:
                made.append(found)
    session.flush()
    return made


def customer(session: Session, number: int) -> Customer:
    """The made-up customer of this number."""
    phone = f"000{number:08}"
    index = crypto.blind_index(phone)
    found = session.scalar(select(Customer).where(Customer.phone_index == index))
    if found is not None:
        return found
    made = Customer(name=f"演示客户{number:04}", phone=phone, phone_index=index, city=CITIES[number % len(CITIES)])
    session.add(made)
    session.flush()
    session.add(OptOut(key=f"customer:{made.id}"))
    return made


def _policy(session: Session, holder: Customer, line: Line, day: date) -> Policy:
    number = f"P{PREFIXES[line]}H{holder.phone[3:]}"
    found = session.scalar(select(Policy).where(Policy.number == number))
    if found is None:
        begins = datetime.combine(day - timedelta(days=150), time(0), SHANGHAI)
        found = Policy(
            number=number,
            customer_id=holder.id,
            line=line,
            starts_at=begins,
            ends_at=begins + timedelta(days=365, seconds=-1),
            plan=plan(line),
            premium=Decimal("0.00"),
        )
        session.add(found)
        session.flush()
    return found


def _claim(session: Session, day: date, number: int) -> Made | None:
    key = f"{KEY}:{day}:{number}"
    if session.scalar(select(Claim.id).where(Claim.registration_key == key)) is not None:
        return None
    chance = Random(key)
    line = chance.choices(list(LINES), list(LINES.values()))[0]
    holder_number = chance.randint(1, CUSTOMERS)
    reported = datetime.combine(day, time(chance.choices(range(24), HOURS)[0], chance.randrange(60)), SHANGHAI)
    way = list(_way(chance, reported))
    if way[-1][1] > clock.now():
        return None
    holder = customer(session, holder_number)
    facts = Facts(
        line=line,
        cause=chance.choice(possible_causes(line)),
        incident_time=reported - timedelta(hours=chance.uniform(0.5, 40)),
        injured_count=chance.choices((0, 1), (9, 1))[0],
        third_party=chance.random() < 0.4,
        loss_estimate=Decimal(chance.randrange(5, 200)) * 100,
    )
    claim, _ = register(
        session,
        draft=None,
        facts=facts,
        policy=_policy(session, holder, line, day),
        customer_id=holder.id,
        priority=Priority.NORMAL,
        key=key,
        actor="customer",
        at=reported,
    )
    claim.tier = chance.choices((Tier.MINOR, Tier.REGULAR, Tier.MAJOR), (45, 48, 7))[0]
    at = reported
    for step, moment in way:
        amount = Decimal(int(AMOUNTS[line] * chance.lognormvariate(0, 0.7))) if step is S.APPROVAL else None
        grounds = "本次事故原因不在保障范围内" if step is S.REJECTED else None
        move(session, claim, step, actor="handler01", amount=amount, grounds=grounds, at=moment)
        at = moment
    return Made(claim, holder, number, at if claim.state is S.CLOSED else None)


def _way(chance: Random, reported: datetime) -> Iterator[tuple[S, datetime]]:
    """The steps with their moments; a step takes half to twice its median, and now and then far more."""
    before, at = S.REPORTED, reported
    for step in chance.choices(list(WAYS), list(WAYS.values()))[0]:
        at += timedelta(hours=STEPS[before] * chance.lognormvariate(0, 0.55))
        yield step, at
        before = step
