"""The phone simulator's page: a person plays a caller, by words and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from standins.phone.app import create_app
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from standins.voice.routes import VoicePhones
from tests.channels.support import Server, free_port

ACCOUNT = Account()
PUBLIC_URL = "http://localhost:8080"


@pytest.fixture
def page(browser: Browser, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The simulator before a gateway whose Twilio it is."""
    port = free_port()
    monkeypatch.setenv("LIPEI_TWILIO_ACCOUNT_SID", ACCOUNT.sid)
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", ACCOUNT.token)
    monkeypatch.setenv("LIPEI_TWILIO_FROM", ACCOUNT.number)
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", f"http://127.0.0.1:{port}")
    gateway, _ = request.getfixturevalue("gateway")
    voice = VoicePhones(ACCOUNT, gateway.url, PUBLIC_URL).routes()
    simulator = Server(create_app(Messages(ACCOUNT, gateway_url=gateway.url), PUBLIC_URL, voice), port).start()
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(simulator.url)
    yield opened
    context.close()
    simulator.stop()


def test_a_call_by_words_and_keys(page: Page) -> None:
    page.get_by_role("tab", name="电话").click()
    page.get_by_role("button", name="拨打热线").click()
    log = page.get_by_role("log", name="通话内容")
    expect(log).to_contain_text("这里是理赔热线")
    page.get_by_label("说的话").fill("我要报案")
    page.get_by_role("button", name="说", exact=True).click()
    expect(log).to_contain_text("收到：我要报案")
    page.get_by_role("button", name="1", exact=True).click()
    expect(log).to_contain_text("［1］")
    expect(log).to_contain_text("收到：")
    page.get_by_role("button", name="挂机").click()
    expect(page.get_by_role("status")).to_have_text("未通话")
