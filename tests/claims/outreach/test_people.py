"""What is known of a customer before anything is said to them: ways, refusals, disputes, complaints, grave cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from claims import clock, consent, contacts, conversations, crypto, requests
from claims.handover import complaints
from claims.models import Claim, Customer
from claims.outreach import people
from claims.vocabulary import Cause, ClaimState, Line, Mode, OutreachKind, Tier
from tests.claims.conftest import Clock

PHONE = "13800138001"


@pytest.fixture
def customer(session: Session, time: Clock) -> Customer:
    found = Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE), city="乌鲁木齐")
    session.add(found)
    session.flush()
    return found


def loaded(session: Session, customer: Customer) -> people.Person:
    session.flush()
    return people.load(session, [customer.id])[customer.id]


def put_claim(session: Session, customer: Customer, **more: object) -> Claim:
    facts = {"state": ClaimState.CLOSED, "cause": Cause.SCRATCH, "tier": Tier.REGULAR, **more}
    claim = Claim(number="C1", registration_key="1", customer_id=customer.id, line=Line.AUTO, **facts)
    session.add(claim)
    session.flush()
    return claim


def test_a_phone_is_two_ways_and_a_proven_account_another(session: Session, customer: Customer) -> None:
    talk, _ = conversations.open_conversation(session, "wechat", "openid", pushed=True)
    talk.proven_customer_id = customer.id
    person = loaded(session, customer)
    assert {channel: way.address for channel, way in person.addresses.items()} == {
        "sms": PHONE,
        "voice": PHONE,
        "wechat": "openid",
    }
    assert person.zone == "Asia/Urumqi"
    assert not (person.opted_out or person.in_dispute or person.in_talk or person.gentle)


def test_an_opt_out_anywhere_counts_everywhere(session: Session, customer: Customer) -> None:
    talk, _ = conversations.open_conversation(session, "wechat", "openid", pushed=True)
    talk.proven_customer_id = customer.id
    contacts.opt_out(session, talk)
    assert loaded(session, customer).opted_out


def test_an_address_that_is_gone_is_known_as_such(session: Session, customer: Customer) -> None:
    contacts.switch_off(session, channel="sms", address=PHONE, reason="no such number")
    person = loaded(session, customer)
    assert (person.addresses["sms"].gone, person.addresses["voice"].gone) == (True, False)


def test_the_narrower_word_goes_before_the_wider(session: Session, customer: Customer) -> None:
    consent.put(session, customer.id, allowed=False, source="chat")
    consent.put(session, customer.id, allowed=True, source="chat", channel="sms", kind=OutreachKind.SALES)
    said = loaded(session, customer).consents
    assert consent.allows(said, "sms", OutreachKind.SALES)
    assert not consent.allows(said, "voice", OutreachKind.SALES)
    assert not consent.allows(said, "sms", OutreachKind.SURVEY)


def test_a_dispute_or_a_complaint_is_seen(session: Session, customer: Customer) -> None:
    claim = put_claim(session, customer, state=ClaimState.DISPUTED)
    assert loaded(session, customer).in_dispute
    claim.state = ClaimState.CLOSED
    assert not loaded(session, customer).in_dispute
    talk, _ = conversations.open_conversation(session, "sms", PHONE, pushed=True)
    talk.proven_customer_id = customer.id
    complaint, _ = complaints.register(session, talk, key="1", what="没人管")
    assert complaint.customer_id == customer.id
    assert loaded(session, customer).in_dispute


def test_a_recorded_complaint_counts_until_it_is_done(session: Session, customer: Customer) -> None:
    requests.open_request(session, kind="complaint", conversation_id=None, text="没人管", customer_id=customer.id)
    assert loaded(session, customer).in_dispute
    requests.close(session, requests.listing(session)[0], "handler01")
    assert not loaded(session, customer).in_dispute


@pytest.mark.parametrize(
    ("facts", "gentle"),
    [
        ({"cause": Cause.DEATH}, True),
        ({"cause": Cause.CRITICAL_ILLNESS}, True),
        ({"tier": Tier.MAJOR, "injured_count": 2}, True),
        ({"tier": Tier.MAJOR, "injured_count": 0}, False),
        ({"injured_count": 1}, False),
    ],
)
def test_after_a_grave_case_one_speaks_with_care(
    session: Session, customer: Customer, time: Clock, facts: dict[str, object], gentle: bool
) -> None:
    put_claim(session, customer, reported_at=clock.now(), **facts)
    assert loaded(session, customer).gentle is gentle
    time.forward(days=366)
    assert not loaded(session, customer).gentle


def test_a_talk_with_a_person_is_seen(session: Session, customer: Customer) -> None:
    talk, _ = conversations.open_conversation(session, "sms", PHONE, pushed=True)
    talk.mode = Mode.AGENT
    assert loaded(session, customer).in_talk


def test_only_the_last_seven_days_are_remembered(session: Session, customer: Customer, time: Clock) -> None:
    from claims import outreach
    from claims.models import DueRow
    from claims.outreach import Due

    outreach.plan(session, "test", OutreachKind.SALES, [Due("1", clock.now(), customer_id=customer.id)])
    row = session.query(DueRow).one()
    outreach.sent(session, row, channel="sms", outbox_id=None, segments=1, again_at=None)
    assert len(loaded(session, customer).touches) == 1
    time.forward(**{"seconds": timedelta(days=7, seconds=1).total_seconds()})
    assert loaded(session, customer).touches == []
