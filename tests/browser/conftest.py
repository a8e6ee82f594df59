"""Headless Chromium before a real gateway; behind the gateway a stand-in engine, so that a test takes a second."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy.orm import Session

from channels.gateway.app import create_app
from channels.webchat.settings import get_webchat_settings
from claims.database import engine_for, unit_of_work, upgrade
from lipei.settings import Settings, get_settings
from tests.browser.support import ARGUMENTS, CHROMIUM, DATA_KEY, PHONE, Chat, Wire
from tests.channels.support import ENGINE_TOKEN, FakeEngine, Server

SHOP_PORT_SETTING = '["http://127.0.0.1:*"]'


# For a module, not the session: as long as Playwright runs, asyncio tests elsewhere cannot.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: install the Debian package chromium", pytrace=False)
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema, to be copied."""
    folder = tmp_path_factory.mktemp("browser-template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_DATA_KEY", DATA_KEY)
        get_settings.cache_clear()
        upgrade(f"sqlite:///{folder}/lipei.db")
        engine_for(f"sqlite:///{folder}/lipei.db").dispose()
    get_settings.cache_clear()
    return folder / "lipei.db"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def gateway(
    engine: FakeEngine, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, str]]:
    """The gateway and the address of its database."""
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LIPEI_DATA_KEY", DATA_KEY)
    monkeypatch.setenv("LIPEI_WEBCHAT_ALLOWED_ORIGINS", SHOP_PORT_SETTING)
    for cached in (get_settings, get_webchat_settings):
        cached.cache_clear()
    url = f"sqlite:///{tmp_path}/lipei.db"
    shutil.copy(template, tmp_path / "lipei.db")
    behind = Server(engine.app).start()
    settings = Settings(var_dir=tmp_path / "var", database_url=url, engine_url=behind.url, engine_token=ENGINE_TOKEN)
    server = Server(create_app(settings, receipt_seconds=1.0)).start()
    yield server, url
    engine.held = False
    server.stop()
    behind.stop()
    engine_for(url).dispose()
    for cached in (get_settings, get_webchat_settings):
        cached.cache_clear()


@pytest.fixture
def wire(gateway: tuple[Server, str]) -> Iterator[Wire]:
    line = Wire(gateway[0].port)
    yield line
    line.close()


@pytest.fixture
def database(gateway: tuple[Server, str]) -> Callable[[], AbstractContextManager[Session]]:
    """Opens the gateway's database: `with database() as session:`; what is done there is kept."""
    return lambda: _kept(gateway[1])


@contextmanager
def _kept(url: str) -> Iterator[Session]:
    with unit_of_work(url) as unit:
        yield unit.session
        unit.commit()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on a phone. Errors of its scripts fail the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


@pytest.fixture
def chat(page: Page, wire: Wire) -> Chat:
    return Chat(page).open(wire.url)
