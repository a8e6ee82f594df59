"""The demo claims: one that waits for materials, one with an offer, one just closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims import clock
from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.lifecycle import move
from claims.models import Claim, Material, Policy
from claims.registration import register
from claims.vocabulary import Cause, MaterialState, Priority
from claims.vocabulary import ClaimState as S


@dataclass(frozen=True, slots=True)
class _Step:
    hours_ago: float
    to: S
    actor: str
    note: str = ""
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    key: str
    policy: str
    incident: tuple[int, time]  # days ago, Shanghai time of day
    reported_hours_ago: float
    facts: Facts
    steps: tuple[_Step, ...]


CASES: tuple[_Case, ...] = (
    _Case(
        key="demo:accident",
        policy="PI202600000002",
        incident=(4, time(18, 30)),
        reported_hours_ago=72,
        facts=Facts(
            location="深圳市南山区科苑路地铁站出口",
            cause=Cause.INJURY,
            description="下楼梯时踩空，左脚踝扭伤，去医院门诊拍片治疗",
            injured_count=1,
            third_party=False,
            police_reported=False,
            loss_estimate=Decimal("1860.00"),
        ),
        steps=(_Step(56, S.MATERIALS, "handler01", "已初审，请按清单补齐材料"),),
    ),
    _Case(
        key="demo:auto",
        policy="PA202600000003",
        incident=(13, time(8, 10)),
        reported_hours_ago=12 * 24,
        facts=Facts(
            location="廣州市天河區黃埔大道西",
            cause=Cause.COLLISION_MULTI,
            description="早高峰跟車太近，追尾前車，前保險槓和大燈受損",
            injured_count=0,
            third_party=True,
            police_reported=True,
            loss_estimate=Decimal("6500.00"),
        ),
        steps=(
            _Step(11 * 24, S.MATERIALS, "handler01"),
            _Step(9 * 24, S.ACCEPTED, "handler01", "材料齐全"),
            _Step(8 * 24, S.INSPECTION, "handler01"),
            _Step(6 * 24, S.ASSESSMENT, "surveyor01", "现场查勘完成"),
            _Step(4 * 24, S.APPROVAL, "handler01", amount="5800.00"),
            _Step(30, S.OFFER, "supervisor01", "维修费6300元，扣除免赔额500元", "5800.00"),
        ),
    ),
    _Case(
        key="demo:liability",
        policy="PL202600000005",
        incident=(32, time(12, 40)),
        reported_hours_ago=31 * 24,
        facts=Facts(
            location="北京市海淀区中关村大街1号一层餐厅",
            cause=Cause.THIRD_PARTY_INJURY,
            description="地面湿滑，顾客用餐后滑倒，手腕骨裂送医",
            injured_count=1,
            third_party=True,
            police_reported=False,
            loss_estimate=Decimal("9200.00"),
        ),
        steps=(
            _Step(30 * 24, S.MATERIALS, "handler01"),
            _Step(24 * 24, S.ACCEPTED, "handler01"),
            _Step(22 * 24, S.ASSESSMENT, "handler01"),
            _Step(8 * 24, S.APPROVAL, "handler01", amount="8700.00"),
            _Step(6 * 24, S.OFFER, "supervisor01", amount="8700.00"),
            _Step(3 * 24, S.PAYMENT, "customer", "客户已确认金额"),
            _Step(20, S.CLOSED, "handler01", "赔款已到账"),
        ),
    ),
)


def put(session: Session, today: date, policies: dict[str, Policy]) -> None:
    """Add the claims that are not there yet, with their whole history."""
    for case in CASES:
        if session.scalar(select(Claim.id).where(Claim.registration_key == case.key)) is None:
            _add(session, case, today, policies[case.policy])


def _add(session: Session, case: _Case, today: date, policy: Policy) -> None:
    now = clock.now()
    if clock.local(now).date() != today:  # a fixed day was asked for: its noon stands for the moment
        now = datetime.combine(today, time(12), SHANGHAI)
    days, moment = case.incident
    facts = case.facts.with_(
        policy=policy.number,
        line=policy.line,
        incident_time=datetime.combine(clock.local(now).date() - timedelta(days=days), moment, SHANGHAI),
        contact_phone=policy.customer.phone,
    )
    claim, _ = register(
        session,
        draft=None,
        facts=facts,
        policy=policy,
        customer_id=policy.customer_id,
        priority=Priority.HIGH if facts.injured_count else Priority.NORMAL,
        key=case.key,
        actor="customer",
        at=now - timedelta(hours=case.reported_hours_ago),
    )
    for step in case.steps:
        move(
            session,
            claim,
            step.to,
            actor=step.actor,
            note=step.note,
            amount=Decimal(step.amount) if step.amount else None,
            at=now - timedelta(hours=step.hours_ago),
        )
    if claim.state is not S.MATERIALS:
        _papers_complete(session, claim)


def _papers_complete(session: Session, claim: Claim) -> None:
    """A claim that went on from the materials step has what it needed."""
    session.execute(
        update(Material)
        .where(Material.claim_id == claim.id, Material.required)
        .values(state=MaterialState.ACCEPTED, updated_at=claim.state_since)
    )
