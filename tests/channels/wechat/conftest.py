"""WeChat's stand-in on loopback, the channel's settings at it, and a gateway that they both talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from channels.wechat.client import Api
from channels.wechat.settings import WeChatSettings
from lipei.settings import Settings
from standins.wechat import api
from standins.wechat.account import Account
from standins.wechat.customer import Customer
from tests.channels.conftest import PATIENT, Serve
from tests.channels.contract.kit import PUBLIC_URL
from tests.channels.support import ENGINE_TOKEN, FakeEngine, Server


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def own(account: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[WeChatSettings]:
    """The channel is on, with the stand-in as its provider."""
    server = Server(api.app(account)).start()
    for name, value in {
        "APPID": account.appid,
        "APPSECRET": account.appsecret,
        "TOKEN": account.token,
        "AES_KEY": account.aes_key,
        "API_BASE": server.url,
    }.items():
        monkeypatch.setenv(f"LIPEI_WECHAT_{name}", value)
    yield WeChatSettings.read()
    server.stop()


@pytest.fixture
def our_api(own: WeChatSettings, database_url: str) -> Api:
    return Api(own, database_url)


@pytest.fixture
def gateway_settings(own: WeChatSettings, database_url: str, engine_server: Server, tmp_path: Path) -> Settings:
    return Settings(
        var_dir=tmp_path / "var",
        database_url=database_url,
        engine_url=engine_server.url,
        engine_token=ENGINE_TOKEN,
        public_url=PUBLIC_URL,
    )


@pytest.fixture
def customer(gateway_settings: Settings, serve: Serve, account: Account, engine: FakeEngine) -> Customer:
    """A customer of a gateway whose engine answers each message without buttons."""
    engine.reply = lambda turn: [{"text": f"收到：{turn['text']}", "buttons": [], "awaiting": None}]
    return Customer(serve(gateway_settings, PATIENT).url, account)
