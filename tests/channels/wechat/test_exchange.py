"""Whole exchanges: a customer at the stand-in, the running gateway, wechatpy in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from channels.gateway.gateway import Gateway
from channels.outbox import _sent
from channels.wechat.settings import WeChatSettings
from channels.wechat.setup import WeChatWebhook
from claims import contacts, conversations, outbox
from claims.database import unit_of_work
from claims.models import Attachment, Conversation, Message, OutboxItem
from claims.vocabulary import Author, InboundKind, OutboxState
from lipei.settings import Settings
from standins.wechat import delivery
from standins.wechat.account import MESSAGE, Account
from standins.wechat.customer import Customer
from tests.channels.conftest import IMPATIENT, Serve
from tests.channels.support import FakeEngine, eventually


def said(url: str) -> list[Message]:
    """The customer's messages."""
    with unit_of_work(url, read_only=True) as unit:
        found = list(unit.session.scalars(select(Message).where(Message.author == Author.CUSTOMER)))
        unit.session.expunge_all()
        return found


def say(url: str, text: str, author: Author = Author.AGENT) -> None:
    """Something that the customer did not ask for just now."""
    with unit_of_work(url) as unit:
        conversations.say(unit.session, unit.session.scalars(select(Conversation)).one(), author, text)
        unit.commit()


def items(url: str) -> list[OutboxItem]:
    """Oldest first."""
    with unit_of_work(url, read_only=True) as unit:
        found = outbox.listing(unit.session)[::-1]
        unit.session.expunge_all()
        return found


def pushes(account: Account) -> int:
    return sum(name == "custom" for name, _ in account.calls)


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
def test_an_answer_goes_back_in_the_request(customer: Customer, account: Account, mode: delivery.Mode) -> None:
    customer.mode = mode
    assert customer.says("我的车被追尾了 😀") == ["收到：我的车被追尾了 😀"]
    assert account.calls == []


def test_the_previous_key_answers_with_itself(
    gateway_settings: Settings, serve: Serve, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeChat goes on with the old key for a while after a new one was set."""
    monkeypatch.setenv("LIPEI_WECHAT_AES_KEY", "zyxwvutsrqponmlkjihgfedcba9876543210ZYXWVUT")
    monkeypatch.setenv("LIPEI_WECHAT_AES_KEY_PREVIOUS", account.aes_key)
    customer = Customer(serve(gateway_settings).url, account)
    assert "收到：你好" in customer.says("你好")[0]


def test_the_address_is_checked_from_the_console(customer: Customer, account: Account) -> None:
    response = customer.deliver(delivery.url_check(account, "5837397520665436492"))
    assert response is not None
    assert response.text == "5837397520665436492"


@pytest.mark.parametrize("what", ["message", "event"])
def test_three_deliveries_one_effect_one_answer(
    customer: Customer, account: Account, engine: FakeEngine, what: str
) -> None:
    account.opened(customer.openid, MESSAGE)
    plain = {
        "message": delivery.message(account, customer.openid, "text", "77", Content="我要报案"),
        "event": delivery.event(account, customer.openid, "CLICK", "report_claim"),
    }[what]
    engine.held = True
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(customer.deliver, delivery.request(account, plain)) for _ in range(3)]
        eventually(lambda: engine.turns)
        engine.held = False
        assert all(each.result() for each in waiting)
    assert len(engine.turns) == 1
    assert set(customer.heard()) == {f"收到：{engine.texts[0]}"}
    assert pushes(account) == 0


def test_a_slow_engine_is_answered_by_push(
    customer: Customer, account: Account, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WeChatWebhook, "answer_seconds", 0.3)
    engine.held = True
    account.opened(customer.openid, MESSAGE)
    request = delivery.request(account, delivery.message(account, customer.openid, "text", "78", Content="我要报案"))
    response = customer.deliver(request)
    assert response is not None
    assert response.text == "success"
    engine.held = False
    assert eventually(customer.heard) == ["收到：我要报案"]
    assert customer.deliveries == 1


def test_the_engine_away_gives_a_receipt_and_the_answer_follows(
    gateway_settings: Settings, serve: Serve, account: Account, engine: FakeEngine
) -> None:
    customer = Customer(serve(gateway_settings, IMPATIENT).url, account)
    engine.failing = True
    assert "已经收到" in customer.says("我要报案")[0]
    engine.failing = False
    eventually(lambda: customer.heard()[1:])
    assert customer.heard()[1].startswith("收到：我要报案")


def test_what_does_not_fit_into_the_answer_is_pushed_after_it(
    customer: Customer, account: Account, engine: FakeEngine
) -> None:
    long = "长" * 700
    engine.reply = lambda turn: [{"text": text, "buttons": []} for text in ("一", "二", long)]
    assert customer.says("你好") == ["一\n\n二", long[:682], long[682:]]
    assert pushes(account) == 2


def test_choices_are_numbered_and_answered_by_number(customer: Customer, engine: FakeEngine) -> None:
    engine.reply = engine.usual
    assert customer.says("你好")[0].endswith("\n1. 确认报案\n2. 不是")
    customer.says("2")
    assert (engine.turns[1]["text"], engine.turns[1]["payload"]) == ("/deny", True)


def test_a_menu_a_place_and_a_voice(customer: Customer, engine: FakeEngine) -> None:
    customer.taps("report_claim")
    customer.is_at(39.9, 116.4, "北京市东城区东长安街1号")
    customer.speaks(b"#!AMR\n" + bytes(9), heard="我要查进度")
    assert engine.texts == ["/report_claim", "地点：北京市东城区东长安街1号", "我要查进度"]
    assert [turn["payload"] for turn in engine.turns] == [True, False, False]


def test_a_photo_is_fetched_at_once(
    customer: Customer, engine: FakeEngine, account: Account, database_url: str
) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    account.faults = [None, -1]  # the token comes; the file only at the second try
    customer.sends_photo(out.getvalue())
    assert engine.texts[0].startswith("/submit_material")
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.scalars(select(Attachment)).one().size == len(out.getvalue())


def test_a_voice_that_nobody_heard_is_kept_and_asked_for_again(
    customer: Customer, engine: FakeEngine, database_url: str
) -> None:
    assert "没有听清" in customer.speaks(b"#!AMR\n" + bytes(9))[0]
    (voice,) = said(database_url)
    assert (voice.kind, voice.attachment_id is not None) == (InboundKind.VOICE, True)
    assert engine.turns == []


@pytest.mark.parametrize("kind", ["video", "shortvideo", "link", "hologram"])
def test_what_we_do_not_read_is_answered_politely(customer: Customer, engine: FakeEngine, kind: str) -> None:
    assert "用文字" in customer.sends(kind, MediaId="m", Title="t", Url="https://example.com")[0]
    assert engine.turns == []


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "scancode_push"])
def test_what_says_nothing_is_answered_with_nothing(
    customer: Customer, engine: FakeEngine, event: str, database_url: str
) -> None:
    assert customer.does(event, "https://lipei.example.com", answered=False) == []
    assert (said(database_url), engine.turns) == ([], [])


def test_leaving_switches_the_address_off_until_the_customer_is_back(
    customer: Customer, account: Account, database_url: str
) -> None:
    customer.does("subscribe")
    assert customer.does("unsubscribe", answered=False) == []
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="wechat", address=customer.openid)
    say(database_url, "还在吗")
    eventually(lambda: items(database_url)[-1].state is OutboxState.FAILED)
    customer.does("subscribe")
    with unit_of_work(database_url, read_only=True) as unit:
        assert contacts.switched_off(unit.session, channel="wechat", address=customer.openid) is None
    assert pushes(account) == 0


def test_the_sixth_push_is_not_tried(customer: Customer, account: Account, database_url: str) -> None:
    customer.says("你好")
    for number in range(6):
        say(database_url, f"第{number}句")
    eventually(lambda: items(database_url)[-1].state is OutboxState.FAILED, 20)
    assert pushes(account) == 5
    assert "TEMPLATE_ID" in (items(database_url)[-1].error or "")
    customer.says("在")
    say(database_url, "又能说了")
    assert eventually(lambda: customer.heard()[-1] == "又能说了")


@pytest.mark.parametrize(
    ("status", "state"), [("success", OutboxState.DELIVERED), ("failed:user block", OutboxState.FAILED)]
)
def test_what_wechat_says_of_a_template_message_is_noted(
    gateway_settings: Settings,
    serve: Serve,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    status: str,
    state: OutboxState,
) -> None:
    monkeypatch.setenv("LIPEI_WECHAT_TEMPLATE_ID", "T1")
    customer = Customer(serve(gateway_settings).url, account)
    url = gateway_settings.database_url
    with unit_of_work(url) as unit:
        outbox.enqueue(
            unit.session,
            channel="wechat",
            address=customer.openid,
            purpose="progress",
            text="理赔款已支付",
            dedupe_key="progress-1",
        )
        unit.commit()
    eventually(lambda: account.template_texts == ["理赔款已支付"] and items(url)[0].state is OutboxState.SENT)
    report = delivery.event(account, customer.openid, "TEMPLATESENDJOBFINISH", MsgID=200_000_001, Status=status)
    customer.deliver(delivery.request(account, report))
    assert items(url)[0].state is state


def test_wechat_away_and_back(customer: Customer, account: Account, database_url: str) -> None:
    customer.says("你好")
    account.faults = [503, -1, 429]
    for text in ("一", "二"):
        say(database_url, text)
    eventually(lambda: len(customer.heard()) == 3, 20)
    assert customer.heard()[1:] == ["一", "二"]


def test_a_kill_between_the_answer_that_was_promised_and_its_mark(
    customer: Customer, account: Account, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """The gateway dies while WeChat waits; what WeChat sends again is the same message, answered once."""

    async def die(*_: object) -> list[object]:
        raise RuntimeError("killed")

    monkeypatch.setattr(WeChatWebhook, "answer_seconds", 0.5)
    with monkeypatch.context() as patch:
        patch.setattr(Gateway, "answer_within", die)
        account.opened(customer.openid, MESSAGE)
        plain = delivery.message(account, customer.openid, "text", "79", Content="我要报案")
        assert customer.deliver(delivery.request(account, plain)) is None
    assert customer.deliveries == 3
    assert eventually(customer.heard) == ["收到：我要报案"]
    eventually(lambda: items(database_url)[0].state is OutboxState.SENT)
    assert len(engine.turns) == 1


@pytest.mark.parametrize(("template", "arrives"), [("", 2), ("T1", 1)])
def test_a_kill_between_a_push_and_its_mark(
    gateway_settings: Settings,
    serve: Serve,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    template: str,
    arrives: int,
) -> None:
    """Service messages carry nothing by which WeChat would know the second from the first; template messages do."""
    marks = iter([OperationalError("mark", {}, Exception("killed"))])

    def marked_at_the_second_time(*args: object) -> None:
        if (killed := next(marks, None)) is not None:
            raise killed
        _sent(*args)

    monkeypatch.setattr("channels.outbox._sent", marked_at_the_second_time)
    monkeypatch.setattr("claims.outbox.sending.HOLD", timedelta(seconds=0.2))
    monkeypatch.setenv("LIPEI_WECHAT_TEMPLATE_ID", template)
    customer = Customer(serve(gateway_settings).url, account)
    customer.says("你好")
    if template:
        account.windows_close()
    say(gateway_settings.database_url, "您好，我是王敏")
    eventually(lambda: items(gateway_settings.database_url)[-1].state is OutboxState.SENT)
    assert customer.heard()[1:] == ["您好，我是王敏"] * arrives


def test_messages_in_the_wrong_order_are_each_answered_once(
    customer: Customer, account: Account, engine: FakeEngine
) -> None:
    account.opened(customer.openid, MESSAGE)
    first, second = (
        delivery.request(account, delivery.message(account, customer.openid, "text", number, Content=number))
        for number in ("81", "82")
    )
    for request in (second, first, second, first):
        customer.deliver(request)
    assert engine.texts == ["82", "81"]
    assert customer.heard() == ["收到：82", "收到：81", "收到：82", "收到：81"]


def test_it_is_off_without_its_secrets(own: WeChatSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    from channels.wechat import setup

    settings = Settings()
    assert setup.state(settings).startswith("on (plain and encrypted; without LIPEI_WECHAT_TEMPLATE_ID")
    monkeypatch.setenv("LIPEI_WECHAT_SAFE_MODE", "true")
    monkeypatch.setenv("LIPEI_WECHAT_TEMPLATE_ID", "T1")
    assert setup.state(settings) == "on (encrypted only)"
    monkeypatch.delenv("LIPEI_WECHAT_APPSECRET")
    assert setup.state(settings) == "off: half set up, set LIPEI_WECHAT_APPSECRET"
    assert (setup.webhooks(settings), setup.sender(settings)) == ([], None)
