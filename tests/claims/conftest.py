"""A fresh claims database for each test, on SQLite and on PostgreSQL, and a clock that can be set."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from claims import clock, conversations
from claims.database import UnitOfWork, engine_for, unit_of_work, upgrade
from claims.models import Conversation
from lipei.settings import get_settings
from tests.support.postgres import PostgresServer, postgres_server

__all__ = ["postgres_server"]

KEY = base64.b64encode(b"k" * 32).decode()
Work = Callable[[], UnitOfWork]


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(tmp_path_factory.mktemp("var")))
        patch.setenv("LIPEI_DATA_KEY", KEY)
        patch.delenv("LIPEI_DATABASE_URL", raising=False)
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "lipei.db"
    upgrade(f"sqlite:///{file}")
    engine_for(f"sqlite:///{file}").dispose()  # the last connection to close folds the write-ahead log into the file
    return file


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: PostgresServer) -> str:
    name = postgres_server.new_database()
    upgrade(postgres_server.url(name))
    engine_for(postgres_server.url(name)).dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.db"
        yield url
        engine_for(url).dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database()
    yield server.url(name)
    engine_for(server.url(name)).dispose()
    server.drop_database(name)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the newest schema and nothing in it."""
    if backend == "sqlite":
        shutil.copy(request.getfixturevalue("_sqlite_template"), tmp_path / "lipei.db")
        url = f"sqlite:///{tmp_path}/lipei.db"
        yield url
        engine_for(url).dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("_postgres_template"))
    yield server.url(name)
    engine_for(server.url(name)).dispose()
    server.drop_database(name)


@pytest.fixture
def work(database_url: str) -> Work:
    """Opens a unit of work on the test's database."""
    return lambda: unit_of_work(database_url)


@pytest.fixture
def session(work: Work) -> Iterator[Session]:
    """One transaction for a test that needs no more; undone afterwards."""
    with work() as unit:
        yield unit.session


@pytest.fixture
def chat(session: Session) -> Conversation:
    """A web conversation in `session`."""
    return conversations.open_conversation(session, "web")[0]


class Clock:
    """The time as the core sees it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def forward(self, **by: float) -> None:
        """Go on by a timedelta: forward(minutes=10)."""
        self.moment += timedelta(**by)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sunday 22 November 2026, 10:00 in Shanghai, and it stands still."""
    set_clock = Clock(datetime(2026, 11, 22, 2, 0, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", lambda: set_clock.moment)
    return set_clock
