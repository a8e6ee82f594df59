"""The phone simulator's page, in front of a gateway whose Twilio it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from channels.gateway.app import create_app
from claims import outbox
from claims.database import engine_for, unit_of_work
from lipei.settings import Settings, get_settings
from standins.phone.app import create_app as create_phone
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from tests.browser.support import DATA_KEY, DESK
from tests.browser.test_access import AUDIT
from tests.channels.support import ENGINE_TOKEN, FakeEngine, Server

CODE = "【理赔助手】验证码 123456，10分钟内有效。"


@pytest.fixture
def database_url(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database with the newest schema, and the settings that open it."""
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("LIPEI_DATA_KEY", DATA_KEY)
    get_settings.cache_clear()
    shutil.copy(template, tmp_path / "lipei.db")
    url = f"sqlite:///{tmp_path}/lipei.db"
    yield url
    engine_for(url).dispose()
    get_settings.cache_clear()


@pytest.fixture
def phone(page: Page, engine: FakeEngine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The open page."""
    messages = Messages(Account())
    simulator = Server(create_phone(messages, "http://localhost:8080")).start()
    for name, value in (
        ("ACCOUNT_SID", messages.account.sid),
        ("AUTH_TOKEN", messages.account.token),
        ("FROM", messages.account.number),
        ("API_BASE", simulator.url),
    ):
        monkeypatch.setenv(f"LIPEI_TWILIO_{name}", value)
    behind = Server(engine.app).start()
    settings = Settings(database_url=database_url, engine_url=behind.url, engine_token=ENGINE_TOKEN)
    gateway = Server(create_app(settings)).start()
    messages.gateway_url = gateway.url
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(simulator.url)
    expect(page.locator("#who")).to_contain_text("张伟")
    yield page
    for server in (gateway, behind, simulator):
        server.stop()


def write(phone: Page, text: str) -> None:
    phone.get_by_label("短信内容").fill(text)
    phone.keyboard.press("Enter")


def test_a_text_is_answered_and_its_way_is_shown(phone: Page) -> None:
    write(phone, "我要报案")
    rows = phone.locator("#messages li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("服务端已接收")
    expect(rows.nth(1)).to_contain_text("1. 确认报案")
    expect(rows.nth(1)).to_contain_text("已送达 · 1 条计费")


def test_a_code_for_somebody_else_is_announced_and_filled_in(phone: Page, database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        outbox.enqueue(
            unit.session, channel="sms", address="13800138002", purpose="one_time_code", text=CODE, dedupe_key="code:1"
        )
        unit.commit()
    other = phone.get_by_role("button", name="李娜")
    expect(other.locator(".new")).to_have_text("1")
    other.click()
    phone.get_by_role("button", name="填入验证码 123456").click()
    expect(phone.get_by_label("短信内容")).to_have_value("123456")
    expect(other.locator(".new")).to_be_hidden()


def test_a_phone_that_is_switched_off(phone: Page) -> None:
    phone.get_by_label("这部手机").select_option("30003")
    write(phone, "我要报案")
    expect(phone.locator("#messages li").nth(1)).to_contain_text("未送达 30003")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_it(phone: Page, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    write(phone, "我要报案")
    expect(phone.locator("#messages li")).to_have_count(2)
    assert phone.evaluate(AUDIT) == []
