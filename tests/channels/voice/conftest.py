"""A gateway with calls switched on, Twilio's stand-in on both sides of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lipei.settings import Settings
from standins.twilio.account import Account
from standins.voice.api import CallsApi
from standins.voice.call import PhoneCall
from standins.voice.customer import Caller
from standins.voice.line import Line
from tests.channels.conftest import Serve
from tests.channels.support import ENGINE_TOKEN, Server

SID, TOKEN, OURS = "AC" + "1" * 32, "a" * 32, "+862012345678"
ACCOUNT = Account(SID, TOKEN, OURS)
CALLER, AGENT = "+8613800138001", "+864001234567"
PUBLIC_URL = "https://lipei.example.com"


@pytest.fixture
def calls_api() -> CallsApi:
    return CallsApi(ACCOUNT)


@pytest.fixture
def _account(calls_api: CallsApi, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = Server(calls_api.app).start()
    monkeypatch.setenv("LIPEI_TWILIO_ACCOUNT_SID", SID)
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", TOKEN)
    monkeypatch.setenv("LIPEI_TWILIO_FROM", OURS)
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", server.url)
    yield
    server.stop()


@pytest.fixture
def with_agents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody can be put through to."""
    monkeypatch.setenv("LIPEI_VOICE_AGENT_NUMBER", AGENT)


@pytest.fixture
def line(_account: None, serve: Serve, database_url: str, engine_server: Server, tmp_path: Path) -> Iterator[Line]:
    """The line to one gateway. Fixtures that change settings must come before it."""
    settings = Settings(
        var_dir=tmp_path / "var",
        database_url=database_url,
        engine_url=engine_server.url,
        engine_token=ENGINE_TOKEN,
        public_url=PUBLIC_URL,
    )
    made = Line(serve(settings).url, PUBLIC_URL, ACCOUNT)
    yield made
    made.close()


@pytest.fixture
def caller(line: Line) -> Caller:
    return Caller(line, CALLER)


@pytest.fixture
def ring(line: Line) -> Callable[..., PhoneCall]:
    """A call that has been greeted: ring(number)."""

    def start(number: str = CALLER) -> PhoneCall:
        call = PhoneCall(line, number)
        call.start()
        return call

    return start
