"""What is delivered in a storm: everything as often as asked for, first deliveries of a customer in order."""

from __future__ import annotations

from collections import Counter

from evaluation.storm.messages import deliveries, said_by
from standins.telegram.chats import Chats

CUSTOMERS, MESSAGES, TIMES = 7, 100, 3


def test_every_message_is_delivered_so_often_and_first_in_order() -> None:
    said = said_by(Chats(), CUSTOMERS, MESSAGES)
    planned = deliveries(said, TIMES, seed=1)
    assert Counter(planned) == {each: TIMES for own in said.values() for each in own}
    for chat_id, own in said.items():
        firsts = dict.fromkeys(each for each in planned if each.chat_id == chat_id)
        assert list(firsts) == own


def test_resends_are_shuffled_among_everything_else() -> None:
    planned = deliveries(said_by(Chats(), CUSTOMERS, MESSAGES), TIMES, seed=1)
    late = sum(planned[:MESSAGES].count(each) > 1 for each in set(planned[:MESSAGES]))
    assert 0 < late < MESSAGES
    assert planned != deliveries(said_by(Chats(), CUSTOMERS, MESSAGES), TIMES, seed=2)


def test_a_resend_is_the_same_update() -> None:
    said = said_by(Chats(), CUSTOMERS, MESSAGES)
    updates = [each.update["update_id"] for each in deliveries(said, TIMES, seed=1)]
    assert set(Counter(updates).values()) == {TIMES}
