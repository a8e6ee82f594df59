"""Messages to the engine and back: order, resends, buttons, who owns the conversation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from claims import conversations
from claims.database import unit_of_work
from claims.models import Message
from claims.vocabulary import Mode
from tests.channels.support import Customer, FakeEngine, Server, eventually


def test_the_answer_comes_back_with_opaque_buttons(customer: Customer, engine: FakeEngine) -> None:
    answer = customer.say("我要报案")
    (message,) = answer["messages"]
    assert answer["mode"] == "bot"
    assert (message["from"], message["text"], message["awaiting"]) == ("bot", "收到：我要报案", "confirm")
    assert [button["title"] for button in message["buttons"]] == ["确认报案", "不是"]
    assert all(button["payload"].startswith("b_") for button in message["buttons"])
    assert "/affirm" not in str(answer)


def test_the_engine_is_told_what_the_contract_says(customer: Customer, engine: FakeEngine) -> None:
    customer.say("你好")
    customer.say("昨天下午")
    first, second = engine.turns
    assert set(first) == {"conversation", "message_id", "text", "now", "awaiting", "payload", "channel"}
    assert first["conversation"] == customer.session_id
    assert first["now"].endswith("+00:00")
    assert (first["payload"], first["awaiting"], first["channel"]) == (False, None, "webchat")
    assert first["message_id"] != second["message_id"]


def test_what_the_conversation_awaits_is_sent_along(customer: Customer, engine: FakeEngine, database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        conversations.set_awaiting(conversations.get(unit.session, customer.session_id), "incident_time")
        unit.commit()
    customer.say("昨天下午三点")
    assert engine.turns[0]["awaiting"] == "incident_time"


def test_a_resend_gets_the_same_answer_and_no_second_effect(customer: Customer, engine: FakeEngine) -> None:
    first = customer.say("我要报案", client_id="c-1")
    second = customer.say("我要报案", client_id="c-1")
    assert first["messages"] == second["messages"]
    assert first["received"] == second["received"]
    assert len(engine.turns) == 1
    assert len(customer.history()) == 2


def test_resends_at_the_same_time_are_one_message(customer: Customer, engine: FakeEngine) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: customer.say("我要报案", client_id="same"), range(6)))
    assert len({answer["messages"][0]["id"] for answer in answers}) == 1
    assert len(engine.turns) == 1


def test_two_customers_may_make_up_the_same_client_id(gateway: Server, engine: FakeEngine) -> None:
    for _ in range(2):
        assert Customer(gateway.url).say("你好", client_id="1")["messages"]
    assert len(engine.turns) == 2


def test_messages_of_one_customer_are_worked_on_in_order_one_at_a_time(customer: Customer, engine: FakeEngine) -> None:
    engine.held = True
    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(customer.say, f"第{number}句")
            eventually(lambda number=number: len(customer.history()) > number)
        engine.held = False
    said = [message for message in eventually(lambda: _all_answered(customer, 8)) if message["from"] == "bot"]
    assert [message["text"] for message in said] == [f"收到：第{number}句" for number in range(8)]
    assert engine.most_at_once[customer.session_id] == 1


def test_customers_do_not_wait_for_each_other(gateway: Server, engine: FakeEngine) -> None:
    engine.held = True
    customers = [Customer(gateway.url) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        for each in customers:
            pool.submit(each.say, "你好")
        eventually(lambda: len(engine.turns) == 5)
        engine.held = False


def test_a_tapped_button_is_recorded_by_its_title_and_sent_as_its_command(
    customer: Customer, engine: FakeEngine
) -> None:
    button = customer.say("我要报案")["messages"][0]["buttons"][0]
    answer = customer.send(payload=button["payload"]).json()
    assert answer["received"]["text"] == "确认报案"
    assert answer["received"]["buttons"] == []
    assert (engine.turns[1]["text"], engine.turns[1]["payload"]) == ("/affirm", True)


@pytest.mark.parametrize("forged", ["b_AAAAAAAAAAAAAAAAAAAAAAAA", "/affirm", "b_", "b_/affirm{}", "b_😀", "b_\x00"])
def test_a_forged_button_is_refused_and_not_stored(anyone: Customer, forged: str) -> None:
    response = anyone.send(payload=forged)
    assert (response.status_code, response.json()["code"]) == (422, "unknown_button")
    assert "按钮" in response.json()["detail"]
    assert anyone.history() == []


def test_a_button_of_another_conversation_is_refused(customer: Customer, gateway: Server) -> None:
    token = customer.say("我要报案")["messages"][0]["buttons"][0]["payload"]
    other = Customer(gateway.url)
    assert other.send(payload=token).status_code == 422
    assert customer.send(payload=token).status_code == 200


def test_words_that_look_like_a_command_stay_words(customer: Customer, engine: FakeEngine) -> None:
    customer.say('/affirm{"amount": 1}')
    assert (engine.turns[0]["text"], engine.turns[0]["payload"]) == ('/affirm{"amount": 1}', False)


def test_traditional_follows_the_customer_and_back(customer: Customer) -> None:
    assert customer.say("我要報案，車子被撞了")["messages"][0]["buttons"][0]["title"] == "確認報案"
    assert customer.http.get("/api/chat/session").json()["script"] == "hant"
    assert customer.say("OK")["messages"][0]["buttons"][0]["title"] == "確認報案"
    assert customer.say("车险报案")["messages"][0]["buttons"][0]["title"] == "确认报案"


def test_what_is_said_to_an_agent_never_reaches_the_engine(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    _hand_over(customer, database_url, Mode.AGENT)
    answer = customer.say("在吗")
    assert (answer["mode"], answer["messages"]) == ("agent", [])
    _hand_over(customer, database_url, Mode.BOT)
    assert customer.say("你好")["messages"]
    assert engine.texts == ["你好"]


def test_an_answer_of_the_bot_is_withheld_when_an_agent_took_over_meanwhile(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    engine.held = True
    with ThreadPoolExecutor(1) as pool:
        saying = pool.submit(customer.say, "转人工")
        eventually(lambda: engine.turns)
        _hand_over(customer, database_url, Mode.AGENT)
        engine.held = False
        answer = saying.result()
    assert (answer["mode"], answer["messages"]) == ("agent", [])


def test_what_the_bot_says_when_it_queues_the_customer_is_sent(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    def queue(turn: dict[str, object]) -> list[dict[str, object]]:
        _hand_over(customer, database_url, Mode.QUEUED, message_id=int(str(turn["message_id"])))
        return [{"text": "正在为您转接", "buttons": [], "awaiting": None}]

    engine.reply = queue
    answer = customer.say("转人工")
    assert (answer["mode"], answer["messages"][0]["text"]) == ("queued", "正在为您转接")


def test_a_turn_overtaken_by_the_queue_is_done_again_and_answered_once(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    engine.held = True
    with ThreadPoolExecutor(1) as pool:
        saying = pool.submit(customer.say, "查进度")
        eventually(lambda: engine.turns)
        _hand_over(customer, database_url, Mode.QUEUED)
        engine.held = False
        answer = saying.result()
    assert (answer["mode"], len(answer["messages"])) == ("queued", 1)
    assert engine.texts == ["查进度", "查进度"]
    assert sum(message["from"] == "bot" for message in customer.history()) == 1


def test_the_bot_goes_on_while_the_customer_waits_in_the_queue(customer: Customer, database_url: str) -> None:
    _hand_over(customer, database_url, Mode.QUEUED)
    answer = customer.say("查进度")
    assert (answer["mode"], len(answer["messages"])) == ("queued", 1)


def test_an_engine_that_has_nothing_to_say_ends_the_turn(customer: Customer, engine: FakeEngine) -> None:
    engine.reply = lambda turn: []
    assert customer.say("嗯")["messages"] == []


def test_messages_are_encrypted_in_the_database(customer: Customer, database_url: str) -> None:
    customer.say("我叫张伟，电话13800138001")
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.scalars(select(Message.text)).first() == "我叫张伟，电话13800138001"
        raw = unit.session.connection().exec_driver_sql("SELECT text, buttons FROM messages").all()
    assert "13800138001" not in str(raw)
    assert "affirm" not in str(raw)


def _all_answered(customer: Customer, count: int) -> list[dict[str, object]]:
    history = customer.history()
    return history if sum(message["from"] == "bot" for message in history) == count else []


def _hand_over(customer: Customer, database_url: str, mode: Mode, message_id: int | None = None) -> None:
    with unit_of_work(database_url) as unit:
        conversation = conversations.get(unit.session, customer.session_id)
        assert conversations.change_mode(
            unit.session, conversation, mode, version=conversation.version, message_id=message_id
        )
        unit.commit()


def test_a_button_named_in_words_is_the_button(customer: Customer, engine: FakeEngine) -> None:
    customer.say("我要报案")
    customer.say("確認報案。")
    assert (engine.turns[-1]["text"], engine.turns[-1]["payload"]) == ("/affirm", True)


def test_a_number_is_a_button_only_where_buttons_are_asked_for(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    customer.say("我要报案")
    customer.say("2")
    assert engine.turns[-1]["text"] == "2"
    customer.say("我要报案")
    with unit_of_work(database_url) as unit:
        conversations.set_awaiting(conversations.get(unit.session, customer.session_id), "choice")
        unit.commit()
    customer.say("第二个")
    assert (engine.turns[-1]["text"], engine.turns[-1]["payload"]) == ("/deny", True)
