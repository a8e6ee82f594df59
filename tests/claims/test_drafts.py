from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm.exc import StaleDataError

from claims import conversations, customers, drafts
from claims.errors import BadInput
from claims.facts import Facts
from claims.identity.proof import set_proven
from claims.models import Draft, Policy
from claims.vocabulary import Cause, DraftState, Line

FACTS = Facts(
    policy="PA202600000001",
    line=Line.AUTO,
    incident_time=datetime(2026, 11, 21, 7, 0, tzinfo=UTC),
    location="朝阳路",
    cause=Cause.COLLISION_MULTI,
    injured_count=0,
    third_party=True,
    police_reported=False,
    loss_estimate=Decimal("3500.00"),
    contact_phone="13800138001",
)


def test_a_report_survives_in_full(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        drafts.save(unit.session, drafts.start(unit.session, chat.id), FACTS, asked="description", flags={"x": 1})
        unit.commit()
    with work() as unit:
        draft = drafts.open_draft(unit.session, chat.id)
        assert draft is not None
        assert drafts.facts(draft) == FACTS
        assert (draft.asked, draft.flags, draft.state) == ("description", {"x": 1}, DraftState.OPEN)


def test_misses_count_for_one_question(session, chat) -> None:
    draft = drafts.start(session, chat.id)
    drafts.save(session, draft, Facts(), asked="location", misses=2)
    drafts.save(session, draft, Facts(), asked="location")
    assert draft.misses == 2
    drafts.save(session, draft, Facts(), asked="cause")
    assert draft.misses == 0


def test_flags_stay_unless_they_are_given(session, chat) -> None:
    draft = drafts.start(session, chat.id)
    drafts.save(session, draft, Facts(), flags={"someone_hurt": True})
    drafts.save(session, draft, Facts())
    assert draft.flags == {"someone_hurt": True}


def test_put_aside_and_taken_up(session, chat) -> None:
    draft = drafts.start(session, chat.id)
    drafts.park(draft)
    session.flush()
    assert drafts.open_draft(session, chat.id) is None
    assert drafts.latest_parked(session, chat.id) is draft
    drafts.resume(session, draft, chat.id)
    assert drafts.open_draft(session, chat.id) is draft


def test_a_new_report_puts_the_open_one_aside(session, chat, time) -> None:
    first = drafts.start(session, chat.id)
    time.forward(minutes=1)
    second = drafts.start(session, chat.id)
    assert drafts.open_draft(session, chat.id) is second
    assert drafts.latest_parked(session, chat.id) is first


def test_a_dropped_report_does_not_come_back(session, chat) -> None:
    draft = drafts.start(session, chat.id)
    drafts.discard(draft)
    session.flush()
    assert drafts.open_draft(session, chat.id) is None
    assert drafts.latest_parked(session, chat.id) is None
    with pytest.raises(BadInput):
        drafts.resume(session, draft, chat.id)
    with pytest.raises(BadInput):
        drafts.save(session, draft, FACTS)


def test_a_report_is_found_again_by_its_contact_phone(session, chat) -> None:
    drafts.save(session, drafts.start(session, chat.id), FACTS)
    found = drafts.parked_for_phone(session, "+86 138 0013 8001")
    assert found is not None
    assert found.conversation_id == chat.id
    assert drafts.parked_for_phone(session, "13800138002") is None


def test_the_proven_customer_takes_it_up_on_another_channel(session, chat, time) -> None:
    drafts.save(session, drafts.start(session, chat.id), FACTS)
    elsewhere, _ = conversations.open_conversation(session, "sms", "13900000000")
    assert drafts.parked_for_proven(session, elsewhere) is None
    set_proven(elsewhere, customers.reporter(session, "13800138001").id)
    draft = drafts.parked_for_proven(session, elsewhere)
    assert draft is not None
    drafts.resume(session, draft, elsewhere.id)
    session.flush()
    assert drafts.open_draft(session, elsewhere.id) is draft
    assert drafts.open_draft(session, chat.id) is None


def test_a_write_from_an_old_version_fails(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        draft_id = drafts.start(unit.session, chat.id).id
        unit.commit()
    with work() as unit:
        old = unit.session.get_one(Draft, draft_id)
        unit.session.expunge(old)
    with work() as unit:
        drafts.save(unit.session, unit.session.get_one(Draft, draft_id), FACTS)
        unit.commit()
    with work() as unit:
        unit.session.add(old)
        with pytest.raises(StaleDataError):
            drafts.save(unit.session, old, Facts())


def _with_policy(session, customer, number: str) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(
        Policy(
            number=number,
            customer_id=customer.id,
            line=Line.AUTO,
            starts_at=start,
            ends_at=start.replace(year=2027),
        )
    )
    session.flush()


def _proven_elsewhere(session, customer):
    elsewhere, _ = conversations.open_conversation(session, "wechat", "openid-1")
    set_proven(elsewhere, customer.id)
    return elsewhere


def test_a_report_on_ones_own_policy_is_found_whatever_the_contact_phone(session, chat, time) -> None:
    holder = customers.reporter(session, "13800138001")
    _with_policy(session, holder, "PA202600000001")
    drafts.save(session, drafts.start(session, chat.id), replace(FACTS, contact_phone="13900000000"))
    assert drafts.parked_for_proven(session, _proven_elsewhere(session, holder)) is not None


def test_nobody_elses_report_is_found(session, chat, time) -> None:
    _with_policy(session, customers.reporter(session, "13800138001"), "PA202600000001")
    stranger = customers.reporter(session, "13800138002")
    drafts.save(session, drafts.start(session, chat.id), FACTS)
    assert drafts.parked_for_proven(session, _proven_elsewhere(session, stranger)) is None


def test_a_report_begun_by_text_message_is_its_senders(session, time) -> None:
    texting, _ = conversations.open_conversation(session, "sms", "13800138001")
    draft = drafts.start(session, texting.id)
    elsewhere = _proven_elsewhere(session, customers.reporter(session, "13800138001"))
    assert drafts.parked_for_proven(session, elsewhere) is draft


def test_digits_of_another_kind_of_account_are_no_phone(session, time) -> None:
    account, _ = conversations.open_conversation(session, "telegram", "13800138001")
    drafts.start(session, account.id)
    elsewhere = _proven_elsewhere(session, customers.reporter(session, "13800138001"))
    assert drafts.parked_for_proven(session, elsewhere) is None


def test_a_report_that_moves_keeps_everything_and_leaves_no_question_behind(session, chat, time) -> None:
    conversations.set_awaiting(chat, "location")
    draft = drafts.start(session, chat.id)
    drafts.save(session, draft, FACTS, asked="location")
    elsewhere = _proven_elsewhere(session, customers.reporter(session, "13800138001"))
    begun_there = drafts.start(session, elsewhere.id)
    drafts.resume(session, draft, elsewhere.id)
    assert drafts.open_draft(session, elsewhere.id) is draft
    assert begun_there.state is DraftState.PARKED
    assert drafts.facts(draft) == FACTS
    assert chat.awaiting is None
