from datetime import timedelta

from claims import conversations
from claims.handover import ending, ownership
from claims.handover.escalate import escalate
from claims.handover.figures import figures
from claims.vocabulary import HandoverReason


def test_how_it_went(session, at_desk, staff, time) -> None:
    begin = time.moment
    at_desk("agent01")
    chats = [conversations.open_conversation(session, "webchat")[0] for _ in range(3)]
    for chat in chats:
        escalate(session, chat, HandoverReason.ASKED)
    time.forward(seconds=60)
    ownership.send(session, chats[0].id, staff["agent01"], "您好")
    time.forward(seconds=300)
    ending.hand_back(session, chats[0].id, staff["agent01"])
    ownership.send(session, chats[1].id, staff["agent01"], "您好")
    found = figures(session, begin, time.moment + timedelta(seconds=1))
    assert (found.waiting, found.held, found.opened, found.handled) == (1, 1, 3, 1)
    assert (found.first_response_median, found.first_response_worst, found.handling_mean) == (210, 360, 300)
    # Promised are three minutes: one answered after six, one has no answer yet.
    assert found.breaches == 2
    assert found.by_agent == {staff["agent01"].id: 1}
    assert found.longest_wait == 360
