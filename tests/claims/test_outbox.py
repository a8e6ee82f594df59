import pytest
from sqlalchemy import select

from claims import contacts, conversations, outbox, requests
from claims.conversations import OutgoingMessage
from claims.errors import BadInput, NotFound
from claims.models import OutboxItem
from claims.vocabulary import Author, Mode, OutboxState
from tests.support.threads import together


def _put(session, key: str = "k1", purpose: str = "progress", address: str = "13800138001"):
    return outbox.enqueue(
        session, channel="sms", address=address, purpose=purpose, text="您的案件已受理", dedupe_key=key
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


def test_who_is_still_sending_keeps_what_it_took(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    time.forward(seconds=10)
    assert outbox.keep(session, [item]) == set()
    time.forward(seconds=10)
    assert outbox.pending(session) == []


def test_who_comes_too_late_to_keep_it_is_told(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    session.expunge(item)
    time.forward(seconds=60)
    (again,) = outbox.pending(session)
    assert outbox.keep(session, [item]) == {item.id}
    outbox.mark_sent(session, again)
    assert outbox.keep(session, [again]) == {again.id}


def test_a_passing_failure_is_tried_again_ever_later_and_then_given_up(session, time) -> None:
    _put(session)
    waits = []
    while items := outbox.pending(session):
        outbox.mark_failed(session, items[0], "provider does not answer")
        if items[0].state is OutboxState.DEAD:
            break
        waits.append((items[0].next_try_at - time.moment).total_seconds())
        time.moment = items[0].next_try_at
    planned = [min(2**number, 900) for number in range(29)]
    assert all(0.8 * plan <= wait <= 1.2 * plan for wait, plan in zip(waits, planned, strict=True))
    assert outbox.listing(session, state=OutboxState.DEAD)[0].attempts == 30


def test_a_provider_that_says_when_is_asked_no_sooner(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    outbox.mark_failed(session, item, "too many requests", retry_after=77)
    time.forward(seconds=76)
    assert outbox.pending(session) == []
    time.forward(seconds=1)
    assert len(outbox.pending(session)) == 1


def test_a_permanent_failure_is_not_tried_again(session, time) -> None:
    _put(session)
    outbox.mark_failed(session, outbox.pending(session)[0], "no such number", permanent=True)
    time.forward(days=1)
    assert outbox.pending(session) == []


def test_two_senders_never_take_the_same_notice(work) -> None:
    with work() as unit:
        for number in range(20):
            _put(unit.session, f"k{number}", address=f"139000000{number:02}")
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


def test_what_goes_to_one_address_goes_in_order(session, time) -> None:
    for key in ("a1", "a2", "a3"):
        _put(session, key)
    _put(session, "b1", address="13800138002")
    taken = []
    while items := outbox.pending(session):
        taken.append(sorted(item.dedupe_key for item in items))  # of different addresses either may be first
        for item in items:
            outbox.mark_sent(session, item)
    assert taken == [["a1", "b1"], ["a2"], ["a3"]]


def test_a_passing_failure_holds_up_what_follows_to_its_address_only(session, time) -> None:
    for key in ("a1", "a2"):
        _put(session, key)
    outbox.mark_failed(session, outbox.pending(session)[0], "busy", retry_after=60)
    _put(session, "b1", address="13800138002")
    _put(session, "code", purpose="one_time_code")
    assert {item.dedupe_key for item in outbox.pending(session)} == {"b1", "code"}
    time.forward(seconds=60)
    assert "a1" in {item.dedupe_key for item in outbox.pending(session)}


def test_a_permanent_failure_lets_the_next_one_pass_unless_the_address_is_gone(session, time) -> None:
    for key in ("a1", "a2", "a3"):
        _put(session, key)
    outbox.mark_failed(session, outbox.pending(session)[0], "content refused", permanent=True)
    (second,) = outbox.pending(session)
    outbox.mark_failed(session, second, "no such number", permanent=True, address_gone=True)
    assert contacts.switched_off(session, channel="sms", address="13800138001") == "no such number"
    assert [request.text for request in requests.listing(session)] == ["sms: no such number"]
    assert outbox.pending(session) == []
    assert [item.state for item in outbox.listing(session)] == [OutboxState.FAILED] * 3


def test_a_code_that_is_too_old_does_not_leave(session, time) -> None:
    _put(session, purpose="one_time_code")
    time.forward(minutes=11)
    assert outbox.pending(session) == []
    assert outbox.listing(session)[0].state is OutboxState.CANCELLED


def test_an_opt_out_stops_what_waits(session, time) -> None:
    _put(session)
    contacts.opt_out(session, conversations.open_conversation(session, "sms", "13800138001")[0])
    assert outbox.pending(session) == []
    assert outbox.listing(session)[0].state is OutboxState.CANCELLED


def test_a_sender_that_was_too_slow_marks_nothing(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    session.expunge(item)
    time.forward(seconds=60)
    outbox.pending(session)
    outbox.mark_failed(session, item, "late", permanent=True)
    assert outbox.listing(session)[0].state is OutboxState.PENDING


def _conversation(session):
    chat, _ = conversations.open_conversation(session, "wechat", "openid-1", pushed=True, button_limit=0)
    return chat


def _reply(session, chat, *replies: str):
    question, _ = conversations.record_inbound(session, chat, text="你好", provider_id=None)
    return question, conversations.answer(session, question, [OutgoingMessage(text) for text in replies])


def _texts(items) -> list[str]:
    return [item.text for item in items]


def test_replies_of_a_conversation_that_pushes_become_items_with_their_buttons(session, time) -> None:
    chat = _conversation(session)
    question, _ = conversations.record_inbound(session, chat, text="你好", provider_id=None)
    (stored,) = conversations.answer(session, question, [OutgoingMessage("确认？", [("是", "/affirm")])])
    (item,) = outbox.listing(session)
    assert (item.channel, item.address, item.purpose, item.text) == ("wechat", "openid-1", "reply", "确认？")
    assert item.buttons == [{"title": "是", "token": stored.buttons[0]["token"]}]
    assert (item.message_id, item.conversation_id, item.version) == (stored.id, chat.id, chat.version)


def test_a_conversation_that_does_not_push_has_none(session, chat) -> None:
    _reply(session, chat, "您好")
    assert outbox.listing(session) == []


def test_what_the_bot_wrote_for_an_earlier_owner_is_withheld_and_an_agents_words_are_not(session, time) -> None:
    chat = _conversation(session)
    _reply(session, chat, "您好")
    assert conversations.change_mode(session, chat, Mode.AGENT, version=chat.version)
    conversations.say(session, chat, Author.AGENT, "我是王敏")
    assert outbox.pending(session) == []
    assert _texts(outbox.pending(session)) == ["我是王敏"]
    assert _texts(outbox.listing(session, state=OutboxState.WITHHELD)) == ["您好"]


def test_replies_are_handed_over_once_and_again_to_every_delivery_of_the_message(session, time) -> None:
    chat = _conversation(session)
    _, stored = _reply(session, chat, "一", "二", "三")
    ids = [message.id for message in stored]
    assert _texts(outbox.hand_over(session, ids, lambda rows: 2)) == ["一", "二"]
    assert _texts(outbox.hand_over(session, ids, len)) == ["一", "二"]
    assert _texts(outbox.pending(session)) == ["三"]


def test_what_a_sender_has_begun_with_is_not_handed_over(session, time) -> None:
    chat = _conversation(session)
    _, stored = _reply(session, chat, "一")
    outbox.pending(session)
    assert outbox.hand_over(session, [stored[0].id], len) == []


def test_nothing_is_handed_over_past_something_earlier(session, time) -> None:
    chat = _conversation(session)
    _reply(session, chat, "先说的")
    outbox.mark_failed(session, outbox.pending(session)[0], "busy")
    _, stored = _reply(session, chat, "后说的")
    assert outbox.hand_over(session, [stored[0].id], len) == []


def test_a_reply_that_a_request_waits_for_is_left_to_it_for_a_while(session, time) -> None:
    chat = _conversation(session)
    by = time.moment.replace(second=5)
    question, _ = conversations.record_inbound(session, chat, text="你好", provider_id=None, answer_by=by)
    conversations.answer(session, question, [OutgoingMessage("您好")])
    assert outbox.pending(session) == []
    time.forward(seconds=5)
    assert _texts(outbox.pending(session)) == ["您好"]


def test_handed_over_and_taken_at_once_by_many_it_goes_one_way(work) -> None:
    with work() as unit:
        chat = _conversation(unit.session)
        _, stored = _reply(unit.session, chat, "您好")
        unit.commit()

    def act(number: int) -> str:
        with work() as unit:
            if number % 2:
                got = [f"sent {item.id}" for item in outbox.pending(unit.session)]
            else:
                got = [f"reply {item.id}" for item in outbox.hand_over(unit.session, [stored[0].id], len)]
            unit.commit()
            return "".join(got)

    ways = {way.partition(" ")[0] for way in together(6, act)} - {""}
    assert len(ways) == 1


def _sent(session, provider_id: str | None = "SM1"):
    (item,) = outbox.pending(session)
    outbox.mark_part(session, item, 0, provider_id)
    outbox.mark_sent(session, item)
    return item


def _report(session, delivered: bool, **more) -> None:
    outbox.report(session, channel="sms", provider_id="SM1", delivered=delivered, **more)


@pytest.mark.parametrize("before", [True, False])
def test_a_report_counts_whenever_it_comes(session, time, before: bool) -> None:
    _put(session)
    if before:
        _report(session, delivered=True)
    item = _sent(session)
    _report(session, delivered=True)
    session.refresh(item)
    assert (item.state, item.delivered_at) == (OutboxState.DELIVERED, time.moment)


def test_what_arrived_has_arrived(session, time) -> None:
    _put(session)
    item = _sent(session)
    for delivered in (False, True, False):
        _report(session, delivered=delivered, error="unreachable")
    session.refresh(item)
    assert (item.state, item.error) == (OutboxState.DELIVERED, None)


def test_a_report_that_the_number_is_dead_switches_it_off(session, time) -> None:
    _put(session)
    item = _sent(session)
    _report(session, delivered=False, error="unknown number", address_gone=True)
    session.refresh(item)
    assert (item.state, item.error) == (OutboxState.FAILED, "unknown number")
    assert contacts.switched_off(session, channel="sms", address="13800138001") == "unknown number"


def test_what_was_split_has_arrived_when_every_part_has(session, time) -> None:
    _put(session)
    (item,) = outbox.pending(session)
    for part in range(2):
        outbox.mark_part(session, item, part, f"SM{part + 1}")
    outbox.mark_sent(session, item)
    assert item.parts_sent == 2
    for provider_id, state in (("SM2", OutboxState.SENT), ("SM1", OutboxState.DELIVERED)):
        outbox.report(session, channel="sms", provider_id=provider_id, delivered=True)
        session.refresh(item)
        assert item.state is state


def test_the_dead_are_sent_again_by_hand(session, time) -> None:
    for number in range(3):
        _put(session, f"k{number}", address=f"1390000000{number}")
    for item in session.scalars(select(OutboxItem)):
        item.state = OutboxState.DEAD
    session.flush()
    assert outbox.retry_dead(session, "staff:admin01") == 3
    assert len(outbox.pending(session)) == 3


def test_a_retry_switches_the_address_on_again(session, time) -> None:
    _put(session)
    outbox.mark_failed(session, outbox.pending(session)[0], "no such number", permanent=True, address_gone=True)
    outbox.retry(session, outbox.get(session, outbox.listing(session)[0].id[:8]), "staff:admin01")
    assert len(outbox.pending(session)) == 1


def test_what_was_sent_is_neither_sent_again_nor_cancelled(session, time) -> None:
    _put(session)
    item = _sent(session)
    for act in (outbox.retry, outbox.cancel):
        with pytest.raises(BadInput):
            act(session, item, "staff:admin01")


def test_a_cancelled_notice_does_not_leave(session, time) -> None:
    item = _put(session)
    outbox.cancel(session, item, "staff:admin01")
    assert outbox.pending(session) == []


@pytest.mark.parametrize("item_id", ["", "%", "nothing"])
def test_no_such_item(session, time, item_id: str) -> None:
    _put(session)
    with pytest.raises(NotFound):
        outbox.get(session, item_id)
