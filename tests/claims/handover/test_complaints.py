import pytest

from claims import clock, conversations
from claims.errors import BadInput, NotFound
from claims.handover import complaints, notes
from claims.handover.figures import figures
from claims.models import OutboxItem
from claims.numbers import check_digit
from claims.vocabulary import Author, ComplaintState, Mode


def _complaint(session, chat, key: str = "1"):
    return complaints.register(session, chat, key=key, what="查勘员没来", wanted="道歉")[0]


def test_it_has_a_number_a_date_by_the_working_calendar_and_an_owner(session, chat, staff, time) -> None:
    # Sunday 22 November: two working days later is Tuesday.
    complaint = _complaint(session, chat)
    digits = complaint.number[1:]
    assert (complaint.number[0], check_digit(digits[:-1])) == ("T", digits[-1])
    assert clock.local(complaint.due_at).strftime("%m-%d %H:%M") == "11-24 23:59"
    assert complaint.owner_id in (staff["handler01"].id, staff["supervisor01"].id)
    assert complaints.register(session, chat, key="1", what="另一件") == (complaint, False)


def test_the_next_goes_to_whoever_has_fewer(session, chat, staff, time) -> None:
    owners = {_complaint(session, chat, key).owner_id for key in "ab"}
    assert owners == {staff["handler01"].id, staff["supervisor01"].id}


def test_the_answer_reaches_the_customer_who_is_asked_whether_it_will_do(session, chat, staff, time) -> None:
    complaint = _complaint(session, chat)
    complaints.answer(session, complaint, staff["handler01"], "已更换查勘员。")
    (told,) = conversations.messages_after(session, chat.id)
    assert "已更换查勘员。" in told.text
    assert ([each["title"] for each in told.buttons], chat.awaiting) == (["满意", "不满意"], "confirm")
    complaints.verdict(session, complaint, True)
    assert (complaint.state, complaint.closed_at) == (ComplaintState.CLOSED, time.moment)
    with pytest.raises(BadInput):
        complaints.answer(session, complaint, staff["handler01"], "还有")


def test_while_an_agent_talks_the_answer_is_no_word_of_the_bot(session, chat, staff, time) -> None:
    complaint = _complaint(session, chat)
    conversations.change_mode(session, chat, Mode.AGENT, version=chat.version)
    complaints.answer(session, complaint, staff["handler01"], "已更换查勘员。")
    assert [each.author for each in conversations.messages_after(session, chat.id)] == [Author.SYSTEM]


def test_not_satisfied_leads_to_a_mediator_or_to_a_new_answer(session, chat, staff, time) -> None:
    mediated, again = _complaint(session, chat, "a"), _complaint(session, chat, "b")
    for each in (mediated, again):
        complaints.answer(session, each, staff["handler01"], "不予支持。")
        complaints.verdict(session, each, False)
    time.forward(days=3)
    complaints.not_satisfied(session, mediated, True)
    complaints.not_satisfied(session, again, False)
    assert (mediated.state, again.state) == (ComplaintState.MEDIATION, ComplaintState.OPEN)
    assert again.due_at > time.moment
    complaints.close(session, mediated, staff["supervisor01"], "经调解双方和解。")
    assert "经调解双方和解" in conversations.messages_after(session, chat.id)[-1].text


def test_the_overdue_are_listed_and_counted(session, chat, staff, time) -> None:
    complaint = _complaint(session, chat)
    assert complaints.listing(session, overdue=True) == []
    time.forward(days=3)
    assert complaints.listing(session, overdue=True) == [complaint]
    assert figures(session, time.moment).complaints_overdue == 1


def test_agents_own_no_complaints_and_unknown_numbers_are_not_found(session, chat, staff, time) -> None:
    complaint = _complaint(session, chat)
    with pytest.raises(BadInput):
        complaints.assign(session, complaint, staff["supervisor01"], staff["agent01"])
    with pytest.raises(NotFound):
        complaints.find(session, "T202611220000999")


def test_a_private_note_has_no_way_out(session, staff, time) -> None:
    chat, _ = conversations.open_conversation(session, "sms", "13800138001", pushed=True)
    notes.write(session, chat, staff["agent01"], "这位客户很着急")
    assert [note.text for note, _ in notes.of(session, chat.id)] == ["这位客户很着急"]
    assert conversations.messages_after(session, chat.id) == []
    assert session.query(OutboxItem).count() == 0
