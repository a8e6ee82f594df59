"""The Bot API's stand-in, the channel's settings pointed at it, and a gateway whose webhook is set there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from channels.gateway.app import create_app
from channels.telegram.registration import register
from channels.telegram.settings import TelegramSettings
from lipei.settings import Settings
from standins.telegram.customer import TelegramCustomer
from standins.telegram.server import TelegramServer
from tests.channels.conftest import PATIENT
from tests.channels.support import ENGINE_TOKEN, Server, free_port

TOKEN = "123456:" + "A" * 35
SECRET = "secret_token-of-the-tests"


@pytest.fixture
def telegram() -> TelegramServer:
    """The provider."""
    return TelegramServer(TOKEN)


@pytest.fixture
def own(telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramSettings]:
    """The channel's settings, in the environment too."""
    server = Server(telegram.app).start()
    monkeypatch.setenv("LIPEI_TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LIPEI_TELEGRAM_SECRET_TOKEN", SECRET)
    monkeypatch.setenv("LIPEI_TELEGRAM_API_BASE", server.url)
    yield TelegramSettings.read()
    server.stop()


@pytest.fixture
def house(database_url: str, engine_server: Server, tmp_path: Path) -> Settings:
    """The settings of the gateway, whose port is known before it starts."""
    port = free_port()
    return Settings(
        var_dir=tmp_path / "var",
        database_url=database_url,
        engine_url=engine_server.url,
        engine_token=ENGINE_TOKEN,
        public_url=f"http://127.0.0.1:{port}",
        gateway_port=port,
    )


@pytest.fixture
def start(own: TelegramSettings, house: Settings) -> Iterator[Callable[..., Server]]:
    """Starts the gateway on that port: start(receipt_seconds). It may be stopped and started again."""
    started: list[Server] = []

    def gateway(receipt_seconds: float = PATIENT) -> Server:
        started.append(Server(create_app(house, receipt_seconds), house.gateway_port).start())
        return started[-1]

    yield gateway
    for server in started:
        server.stop()


@pytest.fixture
def zhang(telegram: TelegramServer, own: TelegramSettings, house: Settings) -> TelegramCustomer:
    """A customer whose messages go to our webhook."""
    asyncio.run(register(own, house.public_url))
    return TelegramCustomer(telegram)
