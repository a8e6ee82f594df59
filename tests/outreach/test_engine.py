"""The engine: what is due is said once, whoever works and whoever is killed, and every row says why."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims import clock, consent, contacts, conversations, outbox, outreach
from claims.models import Conversation, DueRow, OutboxItem, Touch
from claims.outreach import LEASE, MOST_TAKES, Due, people
from claims.vocabulary import DueState, OutboxState, OutreachKind
from outreach.engine import Batch, Engine
from outreach.purpose import Done, Occasion, Prepared, Purpose, Say, Skip
from tests.outreach.conftest import PHONE, Clock, Work, put_customer
from tests.outreach.purposes import TEXT, purpose


def due(customer_id: str | None, key: str = "1", **more: object) -> Due:
    return Due(key, clock.now(), customer_id=customer_id, **more)  # type: ignore[arg-type]


def engine(url: str, *given: Purpose, worker: str = "w1") -> Engine:
    return Engine({each.name: each for each in given}, worker, url)


def rows(work: Work) -> list[DueRow]:
    with work() as unit:
        found = list(unit.session.scalars(select(DueRow).order_by(DueRow.key)))
        unit.session.expunge_all()
        return found


def items(work: Work) -> list[OutboxItem]:
    with work() as unit:
        found = list(unit.session.scalars(select(OutboxItem).order_by(OutboxItem.created_at)))
        unit.session.expunge_all()
        return found


def test_what_is_due_is_planned_once_and_put_into_the_outbox(work: Work, database_url: str, customer_id: str) -> None:
    one = engine(database_url, purpose(due(customer_id)))
    assert (one.plan(), one.plan()) == (1, 0)
    assert (one.work(), one.work()) == (1, 0)
    [row], [item] = rows(work), items(work)
    assert (row.state, row.tries, row.worker) == (DueState.DONE, 1, None)
    assert outreach.tell(row) == "已通过短信发出"
    assert (item.channel, item.address, item.text, item.purpose) == ("sms", PHONE, TEXT, "test")
    assert item.quiet_zone == "Asia/Shanghai"


def test_what_is_planned_for_later_waits(work: Work, database_url: str, customer_id: str, time: Clock) -> None:
    with work() as unit:
        later = Due("1", clock.now() + timedelta(hours=1), customer_id=customer_id)
        outreach.plan(unit.session, "test", OutreachKind.SERVICE, [later])
        unit.commit()
    one = engine(database_url, purpose())
    assert one.work() == 0
    time.forward(hours=1)
    assert one.work() == 1


def test_two_workers_never_take_the_same_row(work: Work, customer_id: str, time: Clock) -> None:
    with work() as unit:
        outreach.plan(unit.session, "test", OutreachKind.SERVICE, [due(customer_id, str(n)) for n in range(10)])
        unit.commit()
    with work() as first:
        taken = outreach.take(first.session, "w1", 6)
        first.commit()
    with work() as second:
        others = outreach.take(second.session, "w2", 6)
        second.commit()
    assert (len(taken), len(others)) == (6, 4)
    assert not set(taken) & set(others)


def test_what_a_killed_worker_had_is_due_again_after_its_lease(
    work: Work, database_url: str, customer_id: str, time: Clock
) -> None:
    one = engine(database_url, purpose(due(customer_id)))
    one.plan()
    with work() as killed:
        [taken] = outreach.take(killed.session, "killed", 1)
        killed.commit()
    assert one.work() == 0
    time.forward(seconds=LEASE.total_seconds() + 1)
    assert one.work() == 1
    with work() as late:
        assert outreach.held(late.session, [taken], "killed") == []
    assert len(items(work)) == 1


def test_rows_that_another_worker_looked_at_are_waited_for(work: Work, customer_id: str) -> None:
    with work() as unit:
        outreach.plan(unit.session, "test", OutreachKind.SERVICE, [due(customer_id, str(n)) for n in range(5)])
        unit.commit()
    with work() as unit:
        mine = outreach.take(unit.session, "w1", 5)
        unit.commit()
    held: list[str] = []

    def hold() -> None:
        with work() as unit:
            held.extend(row.id for row in outreach.held(unit.session, mine, "w1"))

    with work() as other:
        other.session.execute(select(DueRow.id).with_for_update())
        holding = Thread(target=hold)
        holding.start()
        holding.join(0.5)
        other.commit()
    holding.join(60)
    assert sorted(held) == sorted(mine)


def test_effects_and_message_hold_together_or_not_at_all(
    work: Work, database_url: str, customer_id: str, time: Clock
) -> None:
    def fails_after_writing(session: Session, occasion: Occasion) -> Prepared:
        consent.put(session, customer_id, allowed=False, source="test")
        raise RuntimeError("no")

    one = engine(database_url, purpose(due(customer_id), prepare=fails_after_writing))
    one.plan()
    one.work()
    [row] = rows(work)
    assert (row.state, row.reason, row.reason_values) == (DueState.WAITING, "failing", {"error": "RuntimeError"})
    with work() as unit:
        assert contacts.opted_out(unit.session, customer_id=customer_id) is False
        assert unit.session.scalar(select(func.count()).select_from(Touch)) == 0
    for _ in range(MOST_TAKES):
        time.forward(hours=1)
        one.work()
    assert rows(work)[0].state is DueState.FAILED


def test_one_row_that_fails_holds_up_no_other(work: Work, database_url: str, customer_id: str) -> None:
    def fails_for_one(session: Session, occasion: Occasion) -> Prepared:
        if occasion.row.key == "test:2":
            raise RuntimeError("no")
        return Say(TEXT)

    one = engine(database_url, purpose(*(due(customer_id, str(n)) for n in range(1, 4)), prepare=fails_for_one))
    one.plan()
    one.work()
    assert [row.state for row in rows(work)] == [DueState.DONE, DueState.WAITING, DueState.DONE]
    assert len(items(work)) == 2


def test_an_opt_out_stops_what_was_planned_and_what_was_prepared(
    work: Work, database_url: str, customer_id: str
) -> None:
    one = engine(database_url, purpose(due(customer_id)))
    one.plan()
    one.work()
    with work() as unit:
        talk, _ = conversations.open_conversation(unit.session, "sms", PHONE, pushed=True)
        contacts.opt_out(unit.session, talk)
        assert outbox.pending(unit.session) == []
        unit.commit()
    assert items(work)[0].state is OutboxState.CANCELLED
    another = engine(database_url, purpose(due(customer_id, "2")))
    another.plan()
    another.work()
    assert outreach.tell(rows(work)[1]) == "客户不想收到消息"


def test_a_refusal_of_one_channel_leaves_the_others(work: Work, database_url: str, customer_id: str) -> None:
    with work() as unit:
        consent.put(unit.session, customer_id, allowed=False, source="test", channel="sms")
        unit.commit()
    one = engine(database_url, purpose(due(customer_id)))
    one.plan()
    one.work()
    assert [item.channel for item in items(work)] == ["voice"]


def test_a_repeat_takes_another_channel(work: Work, database_url: str, customer_id: str, time: Clock) -> None:
    one = engine(database_url, purpose(due(customer_id), repeats=(timedelta(hours=5),)))
    one.plan()
    one.work()
    assert rows(work)[0].state is DueState.WAITING
    time.forward(hours=5)
    one.work()
    assert [item.channel for item in items(work)] == ["sms", "voice"]
    assert rows(work)[0].state is DueState.DONE


def test_what_is_of_no_use_any_more_is_not_sent(work: Work, database_url: str, customer_id: str, time: Clock) -> None:
    one = engine(database_url, purpose(due(customer_id, expires_at=clock.now() + timedelta(hours=1))))
    one.plan()
    time.forward(hours=2)
    one.work()
    assert (rows(work)[0].state, rows(work)[0].reason) == (DueState.SKIPPED, "expired")
    assert items(work) == []


def test_a_preparer_may_find_that_nothing_is_to_be_sent(work: Work, database_url: str, customer_id: str) -> None:
    one = engine(database_url, purpose(due(customer_id), prepare=lambda session, occasion: Skip("no_longer")))
    one.plan()
    one.work()
    assert outreach.tell(rows(work)[0]) == "情况已变化，不需要再发"


def test_a_question_is_said_in_the_talk_it_will_be_answered_in(work: Work, database_url: str, customer_id: str) -> None:
    def ask(session: Session, occasion: Occasion) -> Prepared:
        return Say("满意吗？", (("满意", "/affirm"),), "choice", {"task": "survey"})

    one = engine(database_url, purpose(due(customer_id), prepare=ask))
    one.plan()
    one.work()
    with work() as unit:
        talk = conversations.by_address(unit.session, "sms", PHONE)
        assert talk is not None
        assert conversations.top_task(talk) == {"task": "survey"}
        assert talk.awaiting == "choice"
        [message] = conversations.messages_after(unit.session, talk.id)
        item = unit.session.scalars(select(OutboxItem)).one()
        assert (item.message_id, item.purpose) == (message.id, "test")


def test_what_a_batch_says_counts_in_the_same_batch(work: Work, database_url: str, customer_id: str) -> None:
    one = engine(database_url, purpose(*(due(customer_id, str(n)) for n in range(1, 6)), kind=OutreachKind.SALES))
    one.plan()
    assert one.work() == 5
    assert sorted(str(row.reason) for row in rows(work)) == ["sent"] * 2 + ["weekly_cap"] * 3
    assert [item.number for item in items(work)] == [1, 2]


def test_many_talks_begin_at_once(work: Work, database_url: str, customer_id: str) -> None:
    others_named = [("13800138002", "李娜"), ("13800138003", "王强"), ("13800138004", "孙丽")]
    with work() as unit:
        others = [put_customer(unit.session, phone=phone, name=name).id for phone, name in others_named]
        conversations.open_conversation(unit.session, "sms", others_named[0][0], pushed=True, button_limit=0)
        unit.commit()

    def ask(session: Session, occasion: Occasion) -> Prepared:
        return Say(
            f"{occasion.address}满意吗？", (("满意", "/affirm"),), "rating", {"task": "t", "of": occasion.address}
        )

    by_phone = [due(each, str(n)) for n, each in enumerate([customer_id, *others, customer_id])]
    one = engine(database_url, purpose(*by_phone, prepare=ask))
    one.plan()
    assert one.work() == 5
    assert {row.reason for row in rows(work)} == {"sent"}
    with work() as unit:
        touched = set(unit.session.scalars(select(Touch.outbox_id)))
        sent = {item.id: item for item in unit.session.scalars(select(OutboxItem))}
        assert touched == sent.keys()
        for phone in (PHONE, *(phone for phone, _ in others_named)):
            conversation = conversations.by_address(unit.session, "sms", phone)
            assert conversation is not None
            assert conversation.tasks == [{"task": "t", "of": phone}]
            assert conversation.awaiting == "rating"
            said = conversations.messages_after(unit.session, conversation.id)
            assert [message.text for message in said] == [f"{phone}满意吗？"] * (2 if phone == PHONE else 1)
            mine = [item for item in sent.values() if item.conversation_id == conversation.id]
            assert sorted(item.message_id or 0 for item in mine) == [message.id for message in said]
            assert sorted(item.number for item in mine) == list(range(1, len(said) + 1))
            for message in said:
                token = message.buttons[0]["token"]
                assert conversations.button_payload(unit.session, conversation.id, token) == ("/affirm", "满意")


def test_a_task_joins_what_another_process_put_there_meanwhile(work: Work, database_url: str, customer_id: str) -> None:
    def ask(session: Session, occasion: Occasion) -> Prepared:
        return Say("满意吗？", (), "rating", {"task": "survey"})

    with work() as unit:
        talk, _ = conversations.open_conversation(unit.session, "sms", PHONE, pushed=True, button_limit=0)
        unit.commit()
        number = talk.id
    one = engine(database_url, purpose(due(customer_id), prepare=ask))
    one.plan()
    with work() as batch:
        rows_held = outreach.held(batch.session, outreach.take(batch.session, "w1", 9), "w1")
        known = people.load(batch.session, [customer_id])[customer_id]
        assert known.addresses["sms"].conversation_id == number
        assert conversations.get(batch.session, number).tasks == []
        batch.session.execute(  # as another process would: past what this session has read
            update(Conversation)
            .where(Conversation.id == number)
            .values(tasks=[{"task": "report"}])
            .execution_options(synchronize_session=False)
        )
        Batch(batch.session, {"test": purpose(prepare=ask)}, rows_held).see_to()
        batch.commit()
    with work() as unit:
        assert conversations.get(unit.session, number).tasks == [{"task": "report"}, {"task": "survey"}]


def test_a_long_text_leaves_by_another_way_than_sms(work: Work, database_url: str, customer_id: str) -> None:
    one = engine(
        database_url,
        purpose(due(customer_id), prepare=lambda session, occasion: Say("长" * 400), channels=("sms", "voice")),
    )
    one.plan()
    one.work()
    assert [item.channel for item in items(work)] == ["voice"]


@pytest.mark.parametrize("known", [True, False])
def test_an_alert_concerns_no_customer(work: Work, database_url: str, customer_id: str, known: bool) -> None:
    one = engine(
        database_url,
        purpose(due(None), kind=OutreachKind.ALERT, prepare=lambda session, occasion: Done())
        if known
        else purpose(due(None)),
    )
    one.plan()
    one.work()
    assert rows(work)[0].reason == ("sent" if known else "unknown_customer")
