from claims import conversations
from tests.support.threads import together


def test_one_worker_at_a_time(session, chat, time) -> None:
    assert conversations.take(session, chat.id, "gateway-1", 10)
    assert not conversations.take(session, chat.id, "gateway-2", 10)
    conversations.release(session, chat.id, "gateway-1")
    assert conversations.take(session, chat.id, "gateway-2", 10)


def test_the_same_worker_may_prolong(session, chat, time) -> None:
    assert conversations.take(session, chat.id, "gateway-1", 10)
    time.forward(seconds=8)
    assert conversations.take(session, chat.id, "gateway-1", 10)
    time.forward(seconds=8)
    assert not conversations.take(session, chat.id, "gateway-2", 10)


def test_a_killed_worker_holds_nobody_up_for_long(session, chat, time) -> None:
    assert conversations.take(session, chat.id, "gateway-1", 10)
    time.forward(seconds=10)
    assert conversations.take(session, chat.id, "gateway-2", 10)


def test_only_the_holder_can_release(session, chat, time) -> None:
    conversations.take(session, chat.id, "gateway-1", 10)
    conversations.release(session, chat.id, "gateway-2")
    assert not conversations.take(session, chat.id, "gateway-2", 10)


def test_there_is_nothing_to_take(session) -> None:
    assert not conversations.take(session, "nothing", "gateway-1", 10)


def test_of_many_at_once_one_wins(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        unit.commit()

    def take(number: int) -> bool:
        with work() as unit:
            taken = conversations.take(unit.session, chat.id, f"gateway-{number}", 60)
            unit.commit()
            return taken

    assert together(8, take).count(True) == 1


def test_all_leases_of_a_worker_are_kept_at_once(session, chat, time) -> None:
    other, _ = conversations.open_conversation(session, "web")
    for each in (chat, other):
        assert conversations.take(session, each.id, "gateway-1", 10)
    time.forward(seconds=8)
    assert conversations.keep(session, [chat.id, other.id], "gateway-1", 10) == set()
    time.forward(seconds=8)
    assert not conversations.take(session, chat.id, "gateway-2", 10)


def test_a_lease_that_another_worker_took_is_reported_lost(session, chat, time) -> None:
    other, _ = conversations.open_conversation(session, "web")
    for each in (chat, other):
        assert conversations.take(session, each.id, "gateway-1", 10)
    time.forward(seconds=11)
    assert conversations.take(session, chat.id, "gateway-2", 10)
    assert conversations.keep(session, [chat.id, other.id], "gateway-1", 10) == {chat.id}
    assert not conversations.take(session, chat.id, "gateway-1", 10)
