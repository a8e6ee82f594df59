from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm.exc import StaleDataError

from claims import conversations, customers, drafts
from claims.errors import BadInput
from claims.facts import Facts
from claims.models import Draft
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
    drafts.resume(draft, chat.id)
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
        drafts.resume(draft, chat.id)
    with pytest.raises(BadInput):
        drafts.save(session, draft, FACTS)


def test_a_report_is_found_again_by_its_contact_phone(session, chat) -> None:
    drafts.save(session, drafts.start(session, chat.id), FACTS)
    found = drafts.parked_for_phone(session, "+86 138 0013 8001")
    assert found is not None
    assert found.conversation_id == chat.id
    assert drafts.parked_for_phone(session, "13800138002") is None


def test_the_proven_customer_takes_it_up_on_another_channel(session, chat, time) -> None:
    from claims.identity.proof import set_proven

    drafts.save(session, drafts.start(session, chat.id), FACTS)
    elsewhere, _ = conversations.open_conversation(session, "sms", "13900000000")
    assert drafts.parked_for_proven(session, elsewhere) is None
    set_proven(elsewhere, customers.reporter(session, "13800138001").id)
    draft = drafts.parked_for_proven(session, elsewhere)
    assert draft is not None
    drafts.resume(draft, elsewhere.id)
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
