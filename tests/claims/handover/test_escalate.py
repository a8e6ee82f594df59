import pytest

from claims import clock, conversations, drafts
from claims.facts import Facts
from claims.handover import callbacks, presence, queue
from claims.handover.escalate import call_instead, escalate, leave, low_rating
from claims.identity.proof import set_proven
from claims.models import AuditEntry, Customer
from claims.vocabulary import HandoverReason, HandoverState, Line, Mode, Presence, Priority


def test_somebody_is_there_the_conversation_is_queued_and_the_place_told(session, chat, at_desk) -> None:
    at_desk("agent01")
    came = escalate(session, chat, HandoverReason.ASKED)
    assert (chat.mode, chat.version, came.is_new) == (Mode.QUEUED, 2, True)
    assert (came.expected.place, came.handover.place_told, came.handover.minutes_told) == (1, 1, 1)


def test_asked_twice_is_one_and_only_grows_more_urgent(session, chat, at_desk) -> None:
    at_desk("agent01")
    first = escalate(session, chat, HandoverReason.ASKED).handover
    again = escalate(session, chat, HandoverReason.EMERGENCY)
    assert (again.handover, again.is_new, chat.version) == (first, False, 2)
    assert (first.priority, first.reason) == (Priority.EMERGENCY, HandoverReason.EMERGENCY)
    escalate(session, chat, HandoverReason.ANGER)
    assert first.reason is HandoverReason.EMERGENCY


@pytest.mark.parametrize("when", ["nobody", "away", "gone", "night"])
def test_nobody_is_there_so_a_callback_is_booked(session, chat, staff, at_desk, time, when: str) -> None:
    if when != "nobody":
        at_desk("agent01")
    if when == "away":
        presence.announce(session, staff["agent01"], Presence.AWAY)
    if when == "gone":
        time.forward(minutes=4)
    if when == "night":
        time.forward(hours=13)
        at_desk("agent01")
    came = escalate(session, chat, HandoverReason.ASKED)
    assert (chat.mode, came.handover.state, came.expected) == (Mode.BOT, HandoverState.CALLBACK, None)
    assert (came.booking.due_at, came.booking.phone) == (None, None)
    again = escalate(session, chat, HandoverReason.ASKED)
    assert (again.is_new, again.booking) == (False, came.booking)


def test_an_emergency_waits_at_any_hour(session, chat, staff, time) -> None:
    time.forward(hours=13)
    assert escalate(session, chat, HandoverReason.EMERGENCY).handover.state is HandoverState.WAITING
    assert chat.mode is Mode.QUEUED


def test_the_urgent_come_first_then_who_came_first(session, at_desk, time) -> None:
    at_desk("agent01")
    found = []
    for reason in (HandoverReason.ASKED, HandoverReason.ANGER, HandoverReason.ASKED, HandoverReason.EMERGENCY):
        chat, _ = conversations.open_conversation(session, "webchat")
        found.append(escalate(session, chat, reason).handover)
        time.forward(seconds=1)
    assert queue.waiting(session) == [found[3], found[1], found[0], found[2]]
    # Four wait for one agent; four minutes each while there is no history.
    expected = queue.expected(session, found[2])
    assert (expected.place, expected.minutes) == (4, 12)


def test_the_wait_is_told_from_how_long_conversations_took_of_late(session, at_desk, time) -> None:
    at_desk("agent01")
    for _ in range(6):
        chat, _ = conversations.open_conversation(session, "webchat")
        ended = escalate(session, chat, HandoverReason.ASKED).handover
        ended.state, ended.taken_at = HandoverState.HANDED_BACK, clock.now()
        time.forward(minutes=10)
        ended.ended_at = clock.now()
        session.flush()
    at_desk("agent01")
    for _ in range(2):
        chat, _ = conversations.open_conversation(session, "webchat")
        last = escalate(session, chat, HandoverReason.ASKED).handover
        time.forward(seconds=1)
    assert queue.expected(session, last).minutes == 10


def test_the_summary_is_made_of_facts_and_hides_who_is_not_proven(session, chat, at_desk) -> None:
    at_desk("agent01")
    draft = drafts.start(session, chat.id)
    known = Facts(line=Line.AUTO, location="朝阳路", contact_phone="13800138001", injured_count=0)
    drafts.save(session, draft, known, asked="incident_time")
    conversations.record_inbound(session, chat, text="转人工，我电话13800138001", provider_id="1")
    summary = escalate(session, chat, HandoverReason.ASKED).handover.summary
    for part in ("身份未核实", "要求转人工", "没有已登记的案件", "车险、朝阳路、无人受伤", "还差：时间"):
        assert part in summary
    assert "13800138001" not in summary


def test_the_summary_names_who_has_proven_who_they_are(session, chat, at_desk) -> None:
    at_desk("agent01")
    customer = Customer(name="张伟", phone="13800138001", phone_index="x")
    session.add(customer)
    session.flush()
    set_proven(chat, customer.id)
    assert "客户张伟（身份已核实" in escalate(session, chat, HandoverReason.ASKED).handover.summary


def test_who_does_not_want_to_wait_is_with_the_bot_again_or_called(session, chat, at_desk) -> None:
    at_desk("agent01")
    handover = escalate(session, chat, HandoverReason.ASKED).handover
    assert leave(session, chat)
    assert (handover.state, chat.mode, leave(session, chat)) == (HandoverState.LEFT, Mode.BOT, False)
    escalate(session, chat, HandoverReason.ASKED)
    booking = call_instead(session, chat)
    assert callbacks.open_booking(session, chat.id) is booking
    assert chat.mode is Mode.BOT


def test_a_low_score_brings_a_person_a_good_one_none(session, chat, at_desk) -> None:
    at_desk("agent01")
    assert low_rating(session, chat, 4) is None
    assert low_rating(session, chat, 2).handover.reason is HandoverReason.LOW_RATING


def test_every_change_is_audited(work, time) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "webchat")
        escalate(unit.session, chat, HandoverReason.ASKED)
        unit.commit()
        actions = [entry.action for entry in unit.session.query(AuditEntry)]
    assert {"handover_opened", "callback_booked"} <= set(actions)
