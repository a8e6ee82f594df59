"""Customers on every channel, each through its provider's stand-in, against one real stack."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

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
from standins.wechat import api
from standins.wechat.account import Account as WeChatAccount
from standins.wechat.customer import Customer as WeChatCustomer
from tests.channels.support import Customer, Server

BOT_TOKEN, SECRET_TOKEN = "123456:" + "A" * 35, "secret_token-of-the-tests"
PHONE = "13800138001"


class Providers:
    """The stand-ins of all providers, and the settings that point at them."""

    def __init__(self) -> None:
        self.wechat = WeChatAccount()
        self.telegram = TelegramServer(BOT_TOKEN)
        self.twilio = TwilioAccount("AC" + "1" * 32, "a" * 32, "+862012345678")
        self.messages = Messages(self.twilio)
        self.calls = CallsApi(self.twilio)
        apps = [api.app(self.wechat), self.telegram.app]
        apps.append(Starlette(routes=[*self.messages.routes(), *self.calls.app.routes]))
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


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Person:
    """A customer whose words are sent without waiting for an answer, and who hears whatever comes.

    write(text) sends; all_heard() is every text that reached them so far; conversation_of: their channel's name.
    """

    def __init__(self, channel: str, write: Callable[[str], object], all_heard: Callable[[], list[str]]) -> None:
        self.channel, self.write, self.all_heard = channel, write, all_heard
        self._read = 0

    def hears(self, words: str, seconds: float = 60.0) -> str:
        """Everything from where they last stopped listening up to a text with these words. TimeoutError without it."""
        return self.hears_any([words], seconds)

    def hears_any(self, words: Sequence[str], seconds: float = 60.0) -> str:
        """The same for any of several."""
        end = time.monotonic() + seconds
        while True:
            fresh = self.all_heard()[self._read :]
            found = next((n for n, text in enumerate(fresh) if any(word in text for word in words)), None)
            if found is not None:
                self._read += found + 1
                return "\n".join(fresh[: found + 1])
            if time.monotonic() > end:
                raise TimeoutError(f"none of {words} came; what came: {fresh}")
            time.sleep(0.05)


def on_web(house: Stack, providers: Providers) -> Person:
    customer = Customer(house.chat_url)
    return Person(
        "webchat", customer.say, lambda: [each["text"] for each in customer.history() if each["from"] != "customer"]
    )


def on_wechat(house: Stack, providers: Providers, openid: str = "oHandover_1") -> Person:
    customer = WeChatCustomer(house.chat_url, providers.wechat, openid)
    return Person("wechat", customer.writes, customer.heard)


def on_sms(house: Stack, providers: Providers, phone: str = PHONE) -> Person:
    customer = SmsCustomer(providers.messages, f"+86{phone}", house.chat_url)
    before = len(customer.inbox)
    return Person("sms", customer.write, lambda: customer.inbox[before:])


def on_telegram(house: Stack, providers: Providers) -> Person:
    with environment(providers.settings):
        asyncio.run(register(TelegramSettings.read(), house.chat_url))
    customer = TelegramCustomer(providers.telegram)
    before = len(customer._all())
    return Person("telegram", customer.says, lambda: customer._all()[before:])
