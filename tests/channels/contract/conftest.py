"""Every channel that has a kit, served by a gateway in front of the stand-in engine, and its provider's stand-in."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from channels import registry
from lipei.settings import Settings
from tests.channels.conftest import PATIENT, Serve
from tests.channels.contract.kit import PUBLIC_URL, ChannelKit, Request
from tests.channels.support import ENGINE_TOKEN, Server, eventually

KITS = sorted(path.stem for path in Path(__file__).with_name("kits").glob("*.py"))
WRITTEN = [name for name in KITS if not importlib.import_module(f"tests.channels.contract.kits.{name}").Kit.calls]
"""Those to which something can be sent at any time, and which carry more than words."""


@dataclass
class Line:
    """One channel from its provider's side."""

    kit: ChannelKit
    gateway: Server
    http: httpx.Client

    def post(self, request: Request) -> httpx.Response:
        """Send a request as it is."""
        return self.http.request(request.method, request.path, content=request.content, headers=request.headers)

    def deliver(self, request: Request) -> None:
        """Send a request that must be acknowledged."""
        response = self.post(request)
        assert self.kit.acknowledged(response), (response.status_code, response.text)

    def texts(self, count: int) -> list[str]:
        """What the customer got, once there are this many messages."""
        eventually(lambda: len(self.kit.sent) >= count)
        return [text for _, text in self.kit.sent]


Connect = Callable[..., Line]


@pytest.fixture(params=KITS)
def kit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChannelKit]:
    """A channel's kit with its stand-in running, its settings in the environment."""
    made: ChannelKit = importlib.import_module(f"tests.channels.contract.kits.{request.param}").Kit()
    server = Server(made.standin()).start()
    made.standin_url = server.url
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    if made.module is not None:
        monkeypatch.setitem(registry.CHANNELS, made.name, made.module)
    yield made
    server.stop()


@pytest.fixture
def connect(kit: ChannelKit, serve: Serve, engine_server: Server, tmp_path: Path) -> Iterator[Connect]:
    """Starts a gateway on a database and gives the line to it: connect(url, receipt_seconds)."""
    opened: list[httpx.Client] = []

    def start(database_url: str, receipt_seconds: float = PATIENT, **more: object) -> Line:
        settings = Settings(
            var_dir=tmp_path / "var",
            database_url=database_url,
            engine_url=engine_server.url,
            engine_token=ENGINE_TOKEN,
            public_url=PUBLIC_URL,
            **more,
        )
        gateway = serve(settings, receipt_seconds)
        opened.append(httpx.Client(base_url=gateway.url, trust_env=False, timeout=60))
        return Line(kit, gateway, opened[-1])

    yield start
    for client in opened:
        client.close()


@pytest.fixture
def line(connect: Connect, database_url: str) -> Line:
    """The channel on SQLite."""
    return connect(database_url)
