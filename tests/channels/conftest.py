"""A database, a stand-in engine and a gateway for each test that asks for them."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from channels.gateway.app import create_app
from channels.webchat.settings import get_webchat_settings
from claims.database import engine_for, unit_of_work, upgrade
from claims.outbox import sending
from lipei.settings import Settings, get_settings
from tests.channels.support import ENGINE_TOKEN, Customer, FakeEngine, Server
from tests.support.postgres import PostgresServer, postgres_server

__all__ = ["postgres_server"]

Serve = Callable[..., Server]
KEY = base64.b64encode(b"k" * 32).decode()
PATIENT, IMPATIENT = 30.0, 0.4
"""Seconds to the receipt: where an answer is expected it never comes first, however busy the machine is."""


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LIPEI_DATA_KEY", KEY)
    get_settings.cache_clear()
    get_webchat_settings.cache_clear()
    yield
    get_settings.cache_clear()
    get_webchat_settings.cache_clear()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two tries, so that what a provider refuses twice does not take three seconds here."""
    monkeypatch.setattr(sending, "FIRST_PAUSE", timedelta(milliseconds=50))


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gateway-template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(folder))
        patch.setenv("LIPEI_DATA_KEY", KEY)
        get_settings.cache_clear()
        upgrade(f"sqlite:///{folder}/lipei.db")
        engine_for(f"sqlite:///{folder}/lipei.db").dispose()
    get_settings.cache_clear()
    return folder / "lipei.db"


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    name = postgres_server.new_database()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(tmp_path_factory.mktemp("postgres-template")))
        patch.setenv("LIPEI_DATA_KEY", KEY)
        get_settings.cache_clear()
        upgrade(postgres_server.url(name))
        engine_for(postgres_server.url(name)).dispose()
    get_settings.cache_clear()
    return name


@pytest.fixture
def database_url(_template: Path, tmp_path: Path) -> Iterator[str]:
    """A SQLite database with the newest schema."""
    shutil.copy(_template, tmp_path / "lipei.db")
    url = f"sqlite:///{tmp_path}/lipei.db"
    yield url
    engine_for(url).dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("database_url")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("_postgres_template"))
    yield server.url(name)
    engine_for(server.url(name)).dispose()
    server.drop_database(name)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def engine_server(engine: FakeEngine) -> Iterator[Server]:
    server = Server(engine.app).start()
    yield server
    engine.held = False
    server.stop()


@pytest.fixture
def settings(database_url: str, engine_server: Server, tmp_path: Path) -> Settings:
    return Settings(
        var_dir=tmp_path / "var", database_url=database_url, engine_url=engine_server.url, engine_token=ENGINE_TOKEN
    )


@pytest.fixture
def serve(engine: FakeEngine) -> Iterator[Serve]:
    """Starts gateways; all are stopped after the test."""
    servers: list[Server] = []

    def start(settings: Settings, receipt_seconds: float = PATIENT) -> Server:
        servers.append(Server(create_app(settings, receipt_seconds)).start())
        return servers[-1]

    yield start
    engine.held = False
    for server in servers:
        server.stop()


@pytest.fixture
def gateway(settings: Settings, serve: Serve) -> Server:
    return serve(settings)


@pytest.fixture
def waiting_customer(settings: Settings, serve: Serve) -> Customer:
    """A customer of a gateway that gives its receipt soon."""
    return Customer(serve(settings, IMPATIENT).url)


@pytest.fixture
def customer(gateway: Server) -> Customer:
    return Customer(gateway.url)


@pytest.fixture(scope="session")
def common_gateway(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One gateway for all tests that only look at what a request is answered."""
    folder = tmp_path_factory.mktemp("common")
    shutil.copy(_template, folder / "lipei.db")
    engine = Server(FakeEngine().app).start()
    settings = Settings(
        var_dir=folder, database_url=f"sqlite:///{folder}/lipei.db", engine_url=engine.url, engine_token=ENGINE_TOKEN
    )
    server = Server(create_app(settings, PATIENT)).start()
    yield server
    server.stop()
    engine.stop()
    engine_for(settings.database_url).dispose()


@pytest.fixture
def anyone(common_gateway: Server) -> Customer:
    """A new customer of the common gateway."""
    return Customer(common_gateway.url)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A look into the gateway's database, undone afterwards."""
    with unit_of_work(database_url, read_only=True) as unit:
        yield unit.session
