"""The demo customers and their policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import crypto, policies
from claims.clock import SHANGHAI
from claims.models import Customer, InsuredObject, Policy
from claims.rules.plans import plan
from claims.vocabulary import CustomerKind, Line, ObjectKind


@dataclass(frozen=True, slots=True)
class _Policy:
    number: str
    line: Line
    days_left: int
    premium: str
    product: str
    insured: tuple[ObjectKind, str]
    plate: str | None = None
    waiting_days: int = 0
    variant: str = "standard"


@dataclass(frozen=True, slots=True)
class _Customer:
    name: str
    phone: str
    id_card: str | None
    city: str
    policies: tuple[_Policy, ...]
    kind: CustomerKind = CustomerKind.PERSON
    contact_name: str | None = None


_VEHICLE, _PERSON, _PLACE = ObjectKind.VEHICLE, ObjectKind.PERSON, ObjectKind.PLACE

PEOPLE: tuple[_Customer, ...] = (
    _Customer(
        "张伟",
        "13800138001",
        "110101199003078515",
        "北京",
        (
            _Policy("PA202600000001", Line.AUTO, 165, "4280.00", "家庭自用车保险", (_VEHICLE, "大众迈腾"), "京A12345"),
            _Policy("PH202600000001", Line.HEALTH, 210, "398.00", "百万医疗险", (_PERSON, "张伟"), waiting_days=30),
        ),
    ),
    _Customer(
        "李娜",
        "13800138002",
        "440305198806152349",
        "深圳",
        (
            _Policy("PI202600000002", Line.ACCIDENT, 120, "168.00", "综合意外险", (_PERSON, "李娜")),
            _Policy("PP202600000002", Line.PROPERTY, 240, "320.00", "家庭财产险", (_PLACE, "深圳市南山区科苑路8号")),
        ),
    ),
    _Customer(
        "陳志明",
        "13800138003",
        "350203198511204517",
        "广州",
        (_Policy("PA202600000003", Line.AUTO, 12, "5160.00", "家庭自用车保险", (_VEHICLE, "比亚迪汉"), "粤AD12345"),),
    ),
    _Customer(
        "赵强",
        "13800138004",
        "510107199212011234",
        "成都",
        (_Policy("PA202500000004", Line.AUTO, -20, "3890.00", "家庭自用车保险", (_VEHICLE, "丰田卡罗拉"), "川A88888"),),
    ),
    _Customer(
        "海淀好味餐饮有限公司",
        "13800138005",
        None,
        "北京",
        (
            _Policy(
                "PL202600000005", Line.LIABILITY, 180, "2600.00", "公众责任险", (_PLACE, "北京市海淀区中关村大街1号")
            ),
            _Policy(
                "PP202600000005",
                Line.PROPERTY,
                180,
                "3800.00",
                "企业财产险",
                (_PLACE, "北京市海淀区中关村大街1号"),
                variant="company",
            ),
        ),
        kind=CustomerKind.COMPANY,
        contact_name="孙丽",
    ),
)


def put(session: Session, today: date) -> dict[str, Policy]:
    """Add or bring up to date; the demo policies by number."""
    found: dict[str, Policy] = {}
    for person in PEOPLE:
        customer = _customer(session, person)
        for wanted in person.policies:
            found[wanted.number] = _policy(session, customer, wanted, today)
    return found


def _customer(session: Session, person: _Customer) -> Customer:
    index = crypto.blind_index(person.phone)
    query = select(Customer).where(Customer.phone_index == index).order_by(Customer.created_at, Customer.id)
    customer = session.scalars(query).first()
    if customer is None:
        customer = Customer(phone=person.phone, phone_index=index)
        session.add(customer)
    customer.name, customer.kind, customer.city = person.name, person.kind, person.city
    customer.contact_name = person.contact_name
    customer.id_card = person.id_card
    customer.id_card_index = crypto.blind_index(person.id_card) if person.id_card else None
    session.flush()
    return customer


def _policy(session: Session, customer: Customer, wanted: _Policy, today: date) -> Policy:
    policy = policies.find_policy(session, wanted.number)
    if policy is None:
        kind, label = wanted.insured
        plate_index = crypto.blind_index(wanted.plate) if wanted.plate else None
        insured = InsuredObject(kind=kind, label=label, plate=wanted.plate, plate_index=plate_index)
        policy = Policy(number=wanted.number, customer_id=customer.id, objects=[insured])
        session.add(policy)
    last_day = today + timedelta(days=wanted.days_left)
    policy.line, policy.product, policy.waiting_days = wanted.line, wanted.product, wanted.waiting_days
    policy.starts_at = _at(last_day - timedelta(days=364), time(0))
    policy.ends_at = _at(last_day, time(23, 59, 59))
    policy.plan = plan(wanted.line, wanted.variant)
    policy.premium = Decimal(wanted.premium)
    session.flush()
    return policy


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, SHANGHAI)
