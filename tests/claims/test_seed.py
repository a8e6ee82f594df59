from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from claims import audit, casework, clock, customers, materials, policies
from claims.clock import local
from claims.database import UnitOfWork
from claims.lifecycle import move
from claims.models import Base, Claim, Customer, Policy, StaffAccount
from claims.rules import cover
from claims.seed import seed_demo
from claims.vocabulary import ClaimState, CustomerKind, Line, MaterialState

TODAY = date(2026, 11, 22)


@pytest.fixture
def seeded(work, time):
    _seed(work)
    return work


def _seed(work, today: date = TODAY) -> None:
    with work() as unit:
        seed_demo(unit.session, today)
        unit.commit()


def _counts(unit: UnitOfWork) -> dict[str, int | None]:
    tables = Base.metadata.sorted_tables
    return {table.name: unit.session.scalar(select(func.count()).select_from(table)) for table in tables}


@pytest.mark.parametrize(
    ("phone", "name", "id_card", "numbers"),
    [
        ("13800138001", "张伟", "110101199003078515", {"PA202600000001", "PH202600000001"}),
        ("13800138002", "李娜", "440305198806152349", {"PI202600000002", "PP202600000002"}),
        ("13800138003", "陳志明", "350203198511204517", {"PA202600000003"}),
        ("13800138004", "赵强", "510107199212011234", {"PA202500000004"}),
        ("13800138005", "海淀好味餐饮有限公司", None, {"PL202600000005", "PP202600000005"}),
    ],
)
def test_the_people_and_their_policies(seeded, phone: str, name: str, id_card: str | None, numbers: set[str]) -> None:
    with seeded() as unit:
        (customer,) = customers.find_by_phone(unit.session, phone)
        assert (customer.name, customer.id_card) == (name, id_card)
        assert {policy.number for policy in policies.policies_of(unit.session, customer.id)} == numbers
        if id_card:
            assert customers.find_by_id_card(unit.session, id_card) is customer
            assert {p.number for p in policies.find_by_id_card(unit.session, id_card)} == numbers


@pytest.mark.parametrize(
    ("number", "days_left"), [("PA202600000001", 165), ("PA202600000003", 12), ("PA202500000004", -20)]
)
def test_days_left(seeded, number: str, days_left: int) -> None:
    with seeded() as unit:
        policy = policies.find_policy(unit.session, number)
        assert local(policy.ends_at).date() - TODAY == timedelta(days=days_left)


@pytest.mark.parametrize(
    ("plate", "number"),
    [("京A12345", "PA202600000001"), ("粤a·D12345", "PA202600000003"), ("川A88888", "PA202500000004")],
)
def test_plates(seeded, plate: str, number: str) -> None:
    with seeded() as unit:
        assert [policy.number for policy in policies.find_by_plate(unit.session, plate)] == [number]


def test_all_policies_but_the_expired_one_are_in_force_and_past_waiting(seeded) -> None:
    with seeded() as unit:
        for policy in unit.session.scalars(select(Policy)):
            terms = cover.terms(policy)
            assert terms.items
            cause = terms.items[0].causes[0]
            problem = cover.check(terms, terms.line, cause, clock.now(), clock.now())
            expected = cover.CoverProblem.EXPIRED if policy.number == "PA202500000004" else None
            assert problem == expected
        health = policies.find_policy(unit.session, "PH202600000001")
        assert (health.line, health.waiting_days) == (Line.HEALTH, 30)


def test_the_company_is_a_company_with_a_contact(seeded) -> None:
    with seeded() as unit:
        (company,) = customers.find_by_phone(unit.session, "13800138005")
        assert (company.kind, company.contact_name) == (CustomerKind.COMPANY, "孙丽")


def test_the_three_claims(seeded) -> None:
    with seeded() as unit:
        (waiting,) = casework.by_phone(unit.session, "13800138002")
        (offered,) = casework.by_phone(unit.session, "13800138003")
        (closed,) = casework.by_phone(unit.session, "13800138005")
        assert waiting.state is ClaimState.MATERIALS
        assert {item.state for item in materials.standing(unit.session, waiting)} == {MaterialState.MISSING}
        assert offered.state is ClaimState.OFFER
        assert offered.offer_amount is not None
        assert closed.state is ClaimState.CLOSED
        assert clock.now() - closed.state_since == timedelta(hours=20)
        for claim in (waiting, offered, closed):
            moments = [claim.incident_time, *(entry.at for entry in claim.timeline)]
            assert moments == sorted(moments)
            assert claim.timeline[-1].state_to is claim.state
            assert (
                cover.check(cover.terms(claim.policy), claim.line, claim.cause, claim.incident_time, clock.now())
                is None
            )
        assert casework.by_phone(unit.session, "13800138001") == []


def test_staff(seeded) -> None:
    with seeded() as unit:
        found = unit.session.execute(select(StaffAccount.login, StaffAccount.name).order_by(StaffAccount.login)).all()
    assert [tuple(row) for row in found[1:]] == [
        ("agent01", "王敏"),
        ("handler01", "刘洋"),
        ("supervisor01", "吴静"),
        ("surveyor01", "周涛"),
    ]
    assert found[0].login == "admin01"


def test_a_second_run_changes_nothing(seeded) -> None:
    with seeded() as unit:
        before = _counts(unit)
    _seed(seeded)
    with seeded() as unit:
        assert _counts(unit) == before
        assert audit.verify(unit.session) == before["audit_entries"]


def test_a_later_run_moves_the_policies_and_keeps_the_work(seeded, time) -> None:
    with seeded() as unit:
        (claim,) = casework.by_phone(unit.session, "13800138002")
        move(unit.session, claim, ClaimState.ACCEPTED, actor="handler01")
        unit.commit()
    time.forward(days=3)
    _seed(seeded, TODAY + timedelta(days=3))
    with seeded() as unit:
        policy = policies.find_policy(unit.session, "PA202600000003")
        assert local(policy.ends_at).date() == TODAY + timedelta(days=15)
        (claim,) = casework.by_phone(unit.session, "13800138002")
        assert claim.state is ClaimState.ACCEPTED
        assert len(unit.session.scalars(select(Claim)).all()) == 3
        assert len(unit.session.scalars(select(Customer)).all()) == 5
