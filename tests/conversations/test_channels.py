"""The same report on every channel, each through its provider's stand-in, against the real stack."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from channels.telegram.registration import register
from channels.telegram.settings import TelegramSettings
from claims import clock
from evaluation.stack import Stack
from standins.telegram.customer import TelegramCustomer
from standins.twilio.customer import SmsCustomer
from standins.voice.customer import Caller
from standins.voice.line import Line
from standins.wechat.customer import Customer as WeChatCustomer
from tests.channels.support import Customer
from tests.conversations.channels import PHONE, Providers, environment

pytestmark = pytest.mark.stack

SENTENCE = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"
Say = Callable[[str], str]


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


def test_a_claim_is_reported_by_keys_alone(fresh_house: Stack, providers: Providers) -> None:
    yesterday = clock.local(clock.now() - timedelta(days=1))
    keys = {
        "": "1",
        "line": "1",
        "cause": "1",
        "incident_time": f"{yesterday:%m%d}1500#",
        "location": "1",
        "description": "1",
        "injured_count": "1",
        "third_party": "2",
        "police_reported": "2",
        "loss_estimate": "3500#",
        "policy": "1",
        "contact_phone": f"{PHONE}#",
        "confirm": "1",
    }
    caller = Caller(Line(fresh_house.chat_url, fresh_house.chat_url, providers.twilio), f"+86{PHONE}")
    caller.dial()
    for _ in range(len(keys)):
        if "报案成功" in caller.said:
            break
        assert caller.call.listening is not None, caller.said
        query = parse_qs(urlsplit(caller.call.listening.values["action"]).query)
        caller.press(keys[query.get("awaiting", [""])[0]])
    assert "报案成功" in caller.said
    (claim,) = claims(fresh_house)
    facts = claim["facts"]
    assert facts["incident_time"].startswith(f"{yesterday:%Y-%m-%d}T15:00")
    assert (facts["injured_count"], facts["police_reported"], facts["loss_estimate"]) == (0, False, 3500)


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
