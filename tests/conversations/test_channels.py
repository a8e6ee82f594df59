"""The same report on every channel, each through its provider's stand-in, against the real stack."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from channels.telegram.registration import register
from channels.telegram.settings import TelegramSettings
from evaluation.stack import Stack
from standins.telegram.customer import TelegramCustomer
from standins.telegram.server import TelegramServer
from standins.twilio.account import Account as TwilioAccount
from standins.twilio.customer import SmsCustomer
from standins.twilio.messages import Messages
from standins.voice.api import CallsApi
from standins.voice.customer import Caller
from standins.voice.line import Line
from standins.wechat import api
from standins.wechat.account import Account as WeChatAccount
from standins.wechat.customer import Customer as WeChatCustomer
from tests.channels.support import Customer, Server

pytestmark = pytest.mark.stack

BOT_TOKEN, SECRET_TOKEN = "123456:" + "A" * 35, "secret_token-of-the-tests"
PHONE = "13800138001"
SENTENCE = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"
Say = Callable[[str], str]


class Providers:
    """The stand-ins of all providers, and the settings that point at them."""

    def __init__(self) -> None:
        self.wechat = WeChatAccount()
        self.telegram = TelegramServer(BOT_TOKEN)
        self.twilio = TwilioAccount("AC" + "1" * 32, "a" * 32, "+862012345678")
        self.messages = Messages(self.twilio)
        calls = CallsApi(self.twilio)
        apps = [api.app(self.wechat), self.telegram.app]
        apps.append(Starlette(routes=[*self.messages.routes(), *calls.app.routes]))
        self.servers = [Server(app).start() for app in apps]
        wechat, telegram, twilio = (server.url for server in self.servers)
        self.settings = {
            "LIPEI_WECHAT_APPID": self.wechat.appid,
            "LIPEI_WECHAT_APPSECRET": self.wechat.appsecret,
            "LIPEI_WECHAT_TOKEN": self.wechat.token,
            "LIPEI_WECHAT_AES_KEY": self.wechat.aes_key,
            "LIPEI_WECHAT_API_BASE": wechat,
            "LIPEI_TELEGRAM_BOT_TOKEN": BOT_TOKEN,
            "LIPEI_TELEGRAM_SECRET_TOKEN": SECRET_TOKEN,
            "LIPEI_TELEGRAM_API_BASE": telegram,
            "LIPEI_TWILIO_ACCOUNT_SID": self.twilio.sid,
            "LIPEI_TWILIO_AUTH_TOKEN": self.twilio.token,
            "LIPEI_TWILIO_FROM": self.twilio.number,
            "LIPEI_TWILIO_API_BASE": twilio,
        }


@pytest.fixture(scope="module")
def providers() -> Iterator[Providers]:
    made = Providers()
    yield made
    for server in made.servers:
        server.stop()


@pytest.fixture(scope="module")
def house(providers: Providers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("channels"), more=providers.settings) as stack:
        yield stack


@pytest.fixture
def fresh_house(house: Stack) -> Stack:
    house.reset()
    return house


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def webchat(house: Stack, providers: Providers) -> Say:
    customer = Customer(house.chat_url)
    return lambda text: "\n".join(message["text"] for message in customer.say(text)["messages"])


def wechat(house: Stack, providers: Providers) -> Say:
    customer = WeChatCustomer(house.chat_url, providers.wechat)
    return lambda text: "\n".join(customer.says(text))


def sms(house: Stack, providers: Providers) -> Say:
    customer = SmsCustomer(providers.messages, f"+86{PHONE}", house.chat_url)
    return lambda text: "\n".join(customer.says(text))


def telegram(house: Stack, providers: Providers) -> Say:
    with environment(providers.settings):
        asyncio.run(register(TelegramSettings.read(), house.chat_url))
    customer = TelegramCustomer(providers.telegram)
    return lambda text: "\n".join(customer.ask(text))


def voice(house: Stack, providers: Providers) -> Say:
    caller = Caller(Line(house.chat_url, house.chat_url, providers.twilio), f"+86{PHONE}")
    caller.dial()
    return caller.say


def report(say: Say) -> str:
    """Say the sentence, answer what is asked, and what was said last."""
    heard = say(SENTENCE)
    for _ in range(4):
        if "报案成功" in heard:
            return heard
        if "核对" in heard:
            heard = say("确认")
        elif "手机" in heard:
            heard = say(PHONE)
        else:
            raise AssertionError(f"nothing that is known was asked: {heard}")
    return heard


def claims(house: Stack) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {house.staff_token}"}
    answer = httpx.get(
        f"{house.staff_url}/api/staff/claims", params={"phone": PHONE}, headers=headers, trust_env=False, timeout=15
    )
    return list(answer.raise_for_status().json())


@pytest.mark.parametrize("channel", [webchat, wechat, sms, telegram, voice], ids=lambda channel: channel.__name__)
def test_a_claim_is_reported(
    channel: Callable[[Stack, Providers], Say], fresh_house: Stack, providers: Providers
) -> None:
    assert "报案成功" in report(channel(fresh_house, providers))
    (claim,) = claims(fresh_house)
    facts = claim["facts"]
    assert "朝阳路" in facts["location"]
    assert facts["incident_time"].split("T")[1].startswith("15:00")
    assert (facts["cause"], facts["injured_count"], facts["police_reported"]) == ("collision_multi", 0, False)
    assert (facts["policy"], facts["loss_estimate"]) == ("PA202600000001", 3500)


def test_a_report_begun_on_one_channel_is_finished_on_another(fresh_house: Stack, providers: Providers) -> None:
    first, second = wechat(fresh_house, providers), webchat(fresh_house, providers)
    first(SENTENCE)
    assert "验证通过" in prove(second, fresh_house)
    resumed = second("在微信上刚才报到一半")
    assert "手机" in resumed or "核对" in resumed
    assert "朝阳路" in resumed or "朝阳路" in second(PHONE)


def prove(say: Say, house: Stack) -> str:
    say("我的案子到哪一步了")
    say(PHONE)
    return say(newest_code(house))


def newest_code(house: Stack) -> str:
    headers = {"Authorization": f"Bearer {house.staff_token}"}
    answer = httpx.get(f"{house.staff_url}/api/staff/outbox", headers=headers, trust_env=False, timeout=15)
    texts = [item["text"] for item in answer.raise_for_status().json() if item["purpose"] == "one_time_code"]
    return next(word for word in _digits(texts[0]) if len(word) == 6)


def _digits(text: str) -> list[str]:
    return "".join(char if char.isdigit() else " " for char in text).split()
