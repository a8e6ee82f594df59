from claims import contacts, conversations, outbox
from claims.vocabulary import OutboxState
from tests.support.threads import together


def _put(session, key: str = "k1", purpose: str = "progress"):
    return outbox.enqueue(
        session, channel="sms", address="13800138001", purpose=purpose, text="您的案件已受理", dedupe_key=key
    )


def test_a_notice_is_stored_once(session, time) -> None:
    assert _put(session) is not None
    assert _put(session) is None
    assert len(outbox.listing(session)) == 1


def test_taken_sent_and_done(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    outbox.mark_sent(session, item)
    time.forward(days=1)
    assert outbox.pending(session) == []
    assert (item.state, item.attempts) == (OutboxState.SENT, 1)


def test_what_a_killed_sender_took_comes_back(session, time) -> None:
    _put(session)
    assert len(outbox.pending(session)) == 1
    assert outbox.pending(session) == []
    time.forward(seconds=60)
    assert len(outbox.pending(session)) == 1


def test_a_passing_failure_is_tried_again_ever_later_and_then_given_up(session, time) -> None:
    _put(session)
    waits = []
    while items := outbox.pending(session):
        outbox.mark_failed(session, items[0], "provider does not answer")
        if items[0].state is OutboxState.FAILED:
            break
        waits.append((items[0].next_try_at - time.moment).total_seconds() / 60)
        time.moment = items[0].next_try_at
    assert waits == [1, 2, 4, 8, 16, 32, 64]
    assert outbox.listing(session, state=OutboxState.FAILED)[0].attempts == 8


def test_a_permanent_failure_is_not_tried_again(session, time) -> None:
    _put(session)
    outbox.mark_failed(session, outbox.pending(session)[0], "no such number", permanent=True)
    time.forward(days=1)
    assert outbox.pending(session) == []


def test_two_senders_never_take_the_same_notice(work) -> None:
    with work() as unit:
        for number in range(20):
            _put(unit.session, f"k{number}")
        unit.commit()

    def send(_: int) -> list[str]:
        with work() as unit:
            taken = [item.id for item in outbox.pending(unit.session, 5)]
            unit.commit()
            return taken

    taken = [item for items in together(6, send) for item in items]
    assert len(taken) == len(set(taken)) == 20


def test_newest_first(session, time) -> None:
    for key in ("old", "new"):
        _put(session, key)
        time.forward(minutes=1)
    assert [item.dedupe_key for item in outbox.listing(session)] == ["new", "old"]


def test_an_opt_out_is_honoured_at_once_except_for_codes(session, time) -> None:
    chat, _ = conversations.open_conversation(session, "sms", "13800138001")
    assert not contacts.opted_out(session, conversation_id=chat.id, address="13800138001")
    contacts.opt_out(session, chat)
    contacts.opt_out(session, chat)
    assert contacts.opted_out(session, address="+86 13800138001")
    assert contacts.opted_out(session, conversation_id=chat.id)
    assert not contacts.opted_out(session, address="13800138002", customer_id="nobody")
    assert _put(session) is None
    assert _put(session, purpose="one_time_code") is not None
