"""Pushing and fetching through wechatpy, against the stand-in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from channels.base import AddressGone, Kind, MessageRefused, Outbound, PassingFailure, PermanentFailure, Window
from channels.wechat import send
from channels.wechat.client import Api
from channels.wechat.errors import WindowClosed
from channels.wechat.send import WeChatSender
from channels.wechat.settings import WeChatSettings
from claims import clock
from standins.wechat.account import MESSAGE, TAP, Account

OPENID = "oCustomer_1"


def message(text: str = "您的理赔款已支付", spoke_ago: timedelta | None = timedelta(minutes=1)) -> Outbound:
    spoke_at = clock.now() - spoke_ago if spoke_ago is not None else None
    return Outbound(OPENID, text, "reply", f"message:{text}", window=Window(spoke_at, Kind.TEXT, spoke_at))


@pytest.fixture
def sender(own: WeChatSettings, our_api: Api, account: Account) -> WeChatSender:
    account.opened(OPENID, MESSAGE)
    return WeChatSender(own, our_api)


@pytest.fixture
def with_template(own: WeChatSettings, our_api: Api, account: Account) -> WeChatSender:
    return WeChatSender(own.model_copy(update={"template_id": "T1", "template_field": "thing1"}), our_api)


async def test_a_service_message_with_its_characters_as_they_are(sender: WeChatSender, account: Account) -> None:
    assert await sender.send(message('收到 "一"\n二 😀 <a>')) is None
    assert account.received == [(OPENID, '收到 "一"\n二 😀 <a>')]


async def test_one_token_serves_all_gateways(own: WeChatSettings, database_url: str, account: Account) -> None:
    account.opened(OPENID, (60.0, 100))
    senders = [WeChatSender(own, Api(own, database_url)) for _ in range(3)]
    await asyncio.gather(*(senders[n % 3].send(message(str(n))) for n in range(12)))
    assert len(account.received) == 12
    assert account.tokens_given == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_spoilt_token_is_renewed_once_by_one_of_many(
    own: WeChatSettings, database_url: str, account: Account, code: int
) -> None:
    account.opened(OPENID, (60.0, 100))
    senders = [WeChatSender(own, Api(own, database_url)) for _ in range(3)]
    await senders[0].send(message("0"))
    account.spoil_token(code)
    await asyncio.gather(*(senders[n % 3].send(message(str(n))) for n in range(1, 13)))
    assert len(account.received) == 13
    assert account.tokens_given == 2


async def test_a_token_that_is_refused_again_is_not_asked_for_for_ever(sender: WeChatSender, account: Account) -> None:
    await sender.send(message("一"))
    account.faults = [40001, None, 40001]  # the call, the new token, the call again
    account.calls.clear()
    with pytest.raises(PassingFailure, match="refused twice"):
        await sender.send(message("二"))
    assert [name for name, _ in account.calls] == ["custom", "token", "custom"]


async def test_a_token_that_is_not_to_be_had_is_not_asked_for_by_everybody(
    own: WeChatSettings, database_url: str, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.wechat.token.WAIT_SECONDS", 0.3)
    account.faults = [503] * 20
    senders = [WeChatSender(own, Api(own, database_url)) for _ in range(6)]
    outcomes = await asyncio.gather(*(each.send(message()) for each in senders), return_exceptions=True)
    assert {type(each) for each in outcomes} == {PassingFailure}
    assert [name for name, _ in account.calls] == ["token"]


async def test_a_wrong_secret_gives_nothing_up(own: WeChatSettings, database_url: str, account: Account) -> None:
    wrong = own.model_copy(update={"appsecret": "of-another-account"})
    sender = WeChatSender(wrong, Api(wrong, database_url))
    with pytest.raises(PassingFailure, match="40125"):
        await sender.send(message())
    assert account.received == []


@pytest.mark.parametrize(
    ("fault", "kind", "retry_after"),
    [
        (-1, PassingFailure, None),
        (500, PassingFailure, None),
        (502, PassingFailure, None),
        (503, PassingFailure, None),
        (429, PassingFailure, 1.0),
        (45009, PassingFailure, 3600.0),
        (45011, PassingFailure, 60.0),
        (48001, PassingFailure, 60.0),
        (40003, AddressGone, None),
        (43004, AddressGone, None),
        (45015, WindowClosed, None),
        (45047, WindowClosed, None),
        (45002, MessageRefused, None),
        (99999, MessageRefused, None),
    ],
)
async def test_what_an_error_means(
    sender: WeChatSender, account: Account, fault: int, kind: type[Exception], retry_after: float | None
) -> None:
    await sender.send(message("一"))
    account.faults = [fault]
    with pytest.raises(kind) as raised:
        await sender.send(message("二"))
    assert type(raised.value) is kind
    assert getattr(raised.value, "retry_after", None) == retry_after
    assert OPENID not in str(raised.value)


async def test_wechat_not_there(own: WeChatSettings, database_url: str) -> None:
    nowhere = own.model_copy(update={"api_base": "http://127.0.0.1:9"})
    with pytest.raises(PassingFailure, match="not reached: ConnectionError") as raised:
        await WeChatSender(nowhere, Api(nowhere, database_url)).send(message())
    assert own.appsecret not in str(raised.value)


async def test_a_page_of_a_proxy_is_no_success(sender: WeChatSender, our_api: Api, account: Account) -> None:
    await sender.send(message("一"))
    account.faults = [200]
    with pytest.raises(PassingFailure, match="no JSON"):
        await sender.send(message("二"))


@pytest.mark.parametrize("spoke_ago", [None, timedelta(hours=49)])
async def test_outside_the_window_without_a_template(
    sender: WeChatSender, account: Account, spoke_ago: timedelta | None
) -> None:
    with pytest.raises(MessageRefused, match="LIPEI_WECHAT_TEMPLATE_ID"):
        await sender.send(message(spoke_ago=spoke_ago))
    assert account.calls == []


async def test_outside_the_window_a_template_message_leaves_once(with_template: WeChatSender, account: Account) -> None:
    notice = message("您的理赔款 3500.00 元已支付到您的银行卡，请查收", spoke_ago=timedelta(hours=49))
    assert [await with_template.send(notice) for _ in range(2)] == ["200000001"] * 2
    assert account.template_texts == ["您的理赔款 3500.00 元已支付到…"]
    assert [name for name, _ in account.calls] == ["token", "template", "template"]


async def test_when_wechat_counts_otherwise_the_template_message_leaves(
    with_template: WeChatSender, account: Account
) -> None:
    assert await with_template.send(message()) == "200000001"
    assert [name for name, _ in account.calls] == ["token", "custom", "template"]


async def test_the_stand_in_counts_as_wechat_does(sender: WeChatSender, account: Account) -> None:
    for number in range(5):
        await sender.send(message(str(number)))
    with pytest.raises(WindowClosed, match="45047"):
        await sender.send(message("6"))
    account.opened(OPENID, TAP)
    await sender.send(message("7"))


async def test_a_file(our_api: Api, account: Account) -> None:
    account.media["m1"] = (b"\xff\xd8\xff photo", "image/jpeg")
    fetched = await send.fetch(our_api, "m1")
    assert (fetched.data, fetched.mime) == (b"\xff\xd8\xff photo", "image/jpeg")


async def test_a_file_that_is_gone_and_one_that_is_not_given_yet(our_api: Api, account: Account) -> None:
    with pytest.raises(PermanentFailure):
        await send.fetch(our_api, "m2")
    account.faults = [-1]
    with pytest.raises(PassingFailure):
        await send.fetch(our_api, "m2")
