"""The staff API over the demo data, and one client for each staff account."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from fastapi.testclient import TestClient
from nicegui import app as pages_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import logins, staff, surveys
from claims.database import engine_for, unit_of_work, upgrade
from claims.models import Claim, Ticket
from claims.seed import seed_demo
from claims.surveys import Given
from claims.vocabulary import ClaimState
from desk.app import create_app
from desk.door import Operation, perform
from desk.web import create_web
from lipei.settings import Settings, get_settings

KEY = base64.b64encode(b"k" * 32).decode()
LOGINS = ["agent01", "handler01", "surveyor01", "supervisor01", "admin01"]
Call = Callable[..., httpx.Response]
R = TypeVar("R")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LIPEI_DATA_KEY", KEY)
    monkeypatch.setenv("LIPEI_SERVICE_HOURS", "always")  # tests run at night too
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A database with the demo data, and a token for each account."""
    folder = tmp_path_factory.mktemp("desk-template")
    url = f"sqlite:///{folder}/lipei.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(folder))
        patch.setenv("LIPEI_DATA_KEY", KEY)
        get_settings.cache_clear()
        upgrade(url)
        with unit_of_work(url) as unit:
            seed_demo(unit.session, date(2026, 11, 22))
            tokens = {login: staff.issue_token(unit.session, login) for login in LOGINS}
            unit.commit()
        engine_for(url).dispose()
    get_settings.cache_clear()
    return folder / "lipei.db", tokens


@pytest.fixture
def database_url(seeded: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[str]:
    shutil.copy(seeded[0], tmp_path / "lipei.db")
    url = f"sqlite:///{tmp_path}/lipei.db"
    yield url
    engine_for(url).dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var", database_url=database_url, demo=True)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def ask(client: TestClient, seeded: tuple[Path, dict[str, str]]) -> Call:
    """ask(login, "GET", "/claims", …): one request with the token of an account."""

    def call(login: str, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {seeded[1][login]}"}
        return client.request(method, f"/api/staff{path}", headers=headers, **more)

    return call


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A transaction of the test's own; commit what the desk is to see."""
    with unit_of_work(database_url) as unit:
        yield unit.session


class Desks:
    """Signed-in people of every role, at the operations behind the pages: desks("agent01", operation, …)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tokens: dict[str, str] = {}

    def token(self, login: str) -> str:
        """The token of a session of this account."""
        if login not in self.tokens:
            with unit_of_work(self.settings.database_url) as unit:
                self.tokens[login] = logins.open_session(unit.session, logins.find(unit.session, login))
                unit.commit()
        return self.tokens[login]

    def __call__(self, login: str, asked: Operation[Any, R], *args: Any, **values: Any) -> R:
        return perform(self.settings, self.token(login), asked, *args, **values)


@pytest.fixture
def desks(settings: Settings) -> Desks:
    return Desks(settings)


@pytest.fixture(scope="module")
def web(seeded: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole desk with its pages, once for a module: it keeps what it knows in NiceGUI's own module."""
    folder = tmp_path_factory.mktemp("web")
    shutil.copy(seeded[0], folder / "lipei.db")
    settings = Settings(var_dir=folder, database_url=f"sqlite:///{folder}/lipei.db", demo=True)
    with TestClient(create_web(settings), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
    engine_for(settings.database_url).dispose()


def web_session(login: str) -> str:
    """The token of a new session at the pages of `web`."""
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        token = logins.open_session(unit.session, logins.find(unit.session, login))
        unit.commit()
    return token


def open_ticket(session: Session) -> str:
    """The id of a ticket: the customer of the closed claim gave 1 of 5 in the callback."""
    claim = session.scalars(select(Claim).where(Claim.state == ClaimState.CLOSED)).one()
    run = surveys.open_run(session, claim, closed_at=claim.state_since)
    question = surveys.next_question(session, run)
    assert question is not None
    surveys.answer(session, run, question, Given("1"), "sms")
    return session.scalars(select(Ticket)).one().id


@pytest.fixture
def ticket_id(session: Session) -> str:
    made = open_ticket(session)
    session.commit()
    return made


@pytest.fixture
def li_na(ask: Call) -> str:
    """The number of 李娜's claim, which awaits materials."""
    (claim,) = ask("handler01", "GET", "/claims", params={"phone": "13800138002"}).json()
    assert claim["state"] == "materials"
    return str(claim["claim_no"])
