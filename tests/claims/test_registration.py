from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from claims import audit, casework, conversations, drafts, materials, policies
from claims.clock import SHANGHAI
from claims.errors import BadInput
from claims.facts import Facts
from claims.lifecycle import move
from claims.models import Claim, Customer, Draft, Material
from claims.numbers import is_claim_number
from claims.registration import policy_for_phone, register, same_event
from claims.seed import people
from claims.vocabulary import Cause, ClaimState, DraftState, Line, Priority
from tests.support.threads import together

WHEN = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
FACTS = Facts(
    policy="PA202600000001",
    line=Line.AUTO,
    incident_time=WHEN,
    location="朝阳路",
    cause=Cause.COLLISION_MULTI,
    description="追尾了前车",
    injured_count=0,
    third_party=True,
    police_reported=False,
    loss_estimate=Decimal("3500.00"),
    contact_phone="13900000000",
)


@pytest.fixture
def insured(work, time) -> None:
    """The demo customers and policies."""
    with work() as unit:
        people.put(unit.session, time.moment.astimezone(SHANGHAI).date())
        unit.commit()


def _register(session, facts: Facts = FACTS, key: str = "k1", draft: Draft | None = None) -> tuple[Claim, bool]:
    policy = policies.find_policy(session, facts.policy) if facts.policy and facts.policy != "unknown" else None
    return register(
        session,
        draft=draft,
        facts=facts,
        policy=policy,
        customer_id=None,
        priority=Priority.NORMAL,
        key=key,
        actor="customer",
    )


def test_a_confirmed_report_becomes_a_claim_with_every_fact(work, insured, time) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        draft = drafts.start(unit.session, chat.id)
        drafts.save(unit.session, draft, FACTS, flags={"policy_said": "京A12345"})
        claim, new = _register(unit.session, draft=draft)
        unit.commit()
    assert new
    with work() as unit:
        claim = unit.session.get_one(Claim, claim.id)
        assert is_claim_number(claim.number)
        assert claim.number[:9] == "C20261122"
        assert materials.facts_of(claim) == FACTS
        assert claim.policy.customer.name == "张伟"
        assert (claim.state, claim.reported_at, claim.policy_said) == (ClaimState.REPORTED, time.moment, "京A12345")
        assert (claim.conversation_id, claim.customer_id) == (chat.id, claim.policy.customer_id)
        assert [(e.state_from, e.state_to, e.actor) for e in claim.timeline] == [
            (None, ClaimState.REPORTED, "customer")
        ]
        assert materials.standing(unit.session, claim)
        draft = unit.session.get_one(Draft, draft.id)
        assert (draft.state, draft.claim_id) == (DraftState.REGISTERED, claim.id)
        assert audit.verify(unit.session) == 1


def test_the_number_is_of_the_day_in_shanghai(session, insured, time) -> None:
    time.forward(hours=14, minutes=30)  # 00:30 on the 23rd in Shanghai, still the 22nd in UTC
    assert _register(session)[0].number.startswith("C20261123")


def test_the_same_key_registers_once(session, insured) -> None:
    first, _ = _register(session)
    again, new = _register(session, FACTS.with_(location="别处"))
    assert again is first
    assert not new
    assert session.scalar(select(func.count()).select_from(Claim)) == 1


def test_a_draft_registers_once_whatever_the_key(session, insured, chat) -> None:
    draft = drafts.start(session, chat.id)
    first, _ = _register(session, draft=draft, key="a")
    assert _register(session, draft=draft, key="b") == (first, False)


def test_a_discarded_draft_is_not_registered(session, insured, chat) -> None:
    draft = drafts.start(session, chat.id)
    drafts.discard(draft)
    with pytest.raises(BadInput):
        _register(session, draft=draft)


def test_without_a_line_there_is_no_claim(session, insured) -> None:
    with pytest.raises(BadInput):
        _register(session, FACTS.with_(line=None))


@pytest.mark.parametrize("with_draft", [True, False])
def test_confirmed_many_times_at_once_it_is_one_claim(work, insured, with_draft: bool) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        draft_id = drafts.start(unit.session, chat.id).id
        unit.commit()

    def confirm(_: int) -> tuple[str, bool]:
        with work() as unit:
            draft = unit.session.get_one(Draft, draft_id) if with_draft else None
            claim, new = _register(unit.session, draft=draft)
            unit.commit()
            return claim.number, new

    outcomes = together(6, confirm)
    assert len({number for number, _ in outcomes}) == 1
    assert [new for _, new in outcomes].count(True) == 1
    with work() as unit:
        count = unit.session.scalar(select(func.count()).select_from(Material))
        assert count == len(materials.standing(unit.session, unit.session.scalars(select(Claim)).one()))
        assert audit.verify(unit.session) == 1


def test_many_claims_at_once_have_numbers_of_their_own(work, insured) -> None:
    def report(number: int) -> str:
        with work() as unit:
            claim, _ = _register(unit.session, key=f"k{number}")
            unit.commit()
            return claim.number

    assert len(set(together(8, report))) == 8


def test_a_reporter_without_a_policy_can_follow_the_claim(session, insured) -> None:
    claim, _ = _register(session, FACTS.with_(policy="unknown"))
    reporter = session.get_one(Customer, claim.customer_id)
    assert (reporter.name, reporter.phone) == ("", "13900000000")
    assert casework.claims_of(session, reporter.id) == [claim]


def test_reporter_and_holder_both_follow_the_claim_and_others_do_not(session, insured) -> None:
    claim, _ = _register(session)
    for phone, theirs in (("13800138001", True), ("13900000000", True), ("13800138002", False)):
        customer = session.scalars(select(Customer)).all()
        one = next(c for c in customer if c.phone == phone)
        assert casework.belongs_to(claim, one.id) is theirs
        assert (claim in casework.claims_of(session, one.id)) is theirs


@pytest.mark.parametrize("hours", [-24, -3, 0, 5, 24])
def test_the_same_event_is_noticed(session, insured, hours: int) -> None:
    claim, _ = _register(session)
    later = FACTS.with_(incident_time=WHEN + timedelta(hours=hours), cause=Cause.SCRATCH, contact_phone="13700000000")
    policy = policies.find_policy(session, "PA202600000001")
    assert same_event(session, policy=policy, facts=later) is claim


def test_the_same_event_is_noticed_by_phone_where_no_policy_is_named(session, insured) -> None:
    claim, _ = _register(session)
    assert same_event(session, policy=None, facts=FACTS.with_(policy="unknown")) is claim


@pytest.mark.parametrize(
    "change",
    [
        {"incident_time": WHEN + timedelta(hours=24, seconds=1)},
        {"incident_time": None},
        {"cause": Cause.THEFT},
    ],
)
def test_another_event_is_not_taken_for_it(session, insured, change: dict[str, object]) -> None:
    _register(session)
    policy = policies.find_policy(session, "PA202600000001")
    assert same_event(session, policy=policy, facts=FACTS.with_(**change)) is None


def test_another_policy_another_person_another_line_is_another_event(session, insured) -> None:
    _register(session)
    other = policies.find_policy(session, "PA202600000003")
    assert same_event(session, policy=other, facts=FACTS) is None
    assert same_event(session, policy=None, facts=FACTS.with_(contact_phone="13800138002")) is None
    assert same_event(session, policy=None, facts=FACTS.with_(line=Line.PROPERTY)) is None
    assert same_event(session, policy=None, facts=FACTS.with_(contact_phone=None)) is None


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.REJECTED])
def test_a_claim_that_was_dropped_can_be_reported_anew(session, insured, state: ClaimState) -> None:
    claim, _ = _register(session)
    move(session, claim, state, actor="handler01", grounds="材料不全")
    policy = policies.find_policy(session, "PA202600000001")
    assert same_event(session, policy=policy, facts=FACTS) is None


def test_the_nearest_of_several_is_meant(session, insured) -> None:
    _register(session, FACTS.with_(incident_time=WHEN - timedelta(hours=20)), key="far")
    near, _ = _register(session, FACTS.with_(incident_time=WHEN + timedelta(hours=1)), key="near")
    assert same_event(session, policy=near.policy, facts=FACTS) is near


def test_the_policy_of_the_phone_is_found_when_there_is_just_one(session, insured) -> None:
    unknown = FACTS.with_(policy="unknown", contact_phone="13800138001")
    found = policy_for_phone(session, unknown)
    assert found is not None
    assert found.number == "PA202600000001"
    assert policy_for_phone(session, unknown.with_(line=Line.PROPERTY)) is None
    assert policy_for_phone(session, unknown.with_(contact_phone="13900000000")) is None
    expired = unknown.with_(contact_phone="13800138004")
    assert policy_for_phone(session, expired) is None
