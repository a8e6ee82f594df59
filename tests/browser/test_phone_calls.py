"""The phone simulator's page: a person plays a caller, by words and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from standins.phone.app import create_app
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from standins.voice.routes import VoicePhones
from tests.browser.test_access import AUDIT
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


def ring(page: Page, number: str) -> None:
    """What the gateway asks of Twilio."""
    form = {"To": number, "From": ACCOUNT.number, "Url": f"{PUBLIC_URL}/channels/voice/twilio?step=outbound&key=none"}
    form["StatusCallback"] = f"{PUBLIC_URL}/channels/voice/twilio/status"
    address = f"{page.url}2010-04-01/Accounts/{ACCOUNT.sid}/Calls.json"
    httpx.post(address, data=form, auth=(ACCOUNT.sid, ACCOUNT.token), trust_env=False).raise_for_status()


def test_a_call_of_ours_is_seen_beside_whom_it_is_for(page: Page) -> None:
    told, sun_li = page.locator("#ringing"), page.get_by_role("button", name="孙丽")
    expect(sun_li).to_be_visible()
    ring(page, "+8613800138005")
    expect(sun_li.get_by_text("来电")).to_be_visible()
    expect(told).to_have_text("孙丽的电话响了")
    assert page.evaluate(AUDIT) == []
    sun_li.click()
    expect(page.get_by_role("tab", name="电话")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="接听", exact=True).click()
    expect(page.get_by_role("log", name="通话内容").locator("li")).not_to_have_count(0)
    expect(sun_li.get_by_text("来电")).to_be_hidden()
    expect(told).to_have_text("")


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
