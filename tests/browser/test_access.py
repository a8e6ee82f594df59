"""Usable without a mouse, without eyes, with weak eyes."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.support import DESK, JPEG, PHONE, Chat, Wire, file, photo
from tests.channels.support import FakeEngine, Json

AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


def problems(page: Page) -> list[str]:
    return list(page.evaluate(AUDIT))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_has_a_name_and_stands_out(
    browser: Browser, wire: Wire, engine: FakeEngine, scheme: Literal["light", "dark"], size: dict[str, int]
) -> None:
    awaiting: dict[str, str | None] = {"now": None}

    def reply(turn: Json) -> list[Json]:
        return [{**FakeEngine.usual(turn)[0], "text": "请立即拨打 120", "awaiting": awaiting["now"]}]

    engine.reply = reply
    with browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN") as context:  # type: ignore[arg-type]
        chat = Chat(context.new_page()).open(wire.url)
        assert problems(chat.page) == []
        for asked in ("incident_time", "rating", "material"):
            awaiting["now"] = asked
            chat.say(f"问 {asked}")
            expect(chat.page.locator(f'#helpers[data-kind="{asked}"]')).to_be_visible()
            assert problems(chat.page) == []
        chat.choose(file("清单.xlsx", "application/vnd.ms-excel", b"PK"), file("现场.jpg", JPEG, photo()))
        chat.page.locator("#more").click()
        assert problems(chat.page) == []
        chat.send_files()
        chat.delivered()
        chat.page.get_by_role("button", name="菜单").click()
        assert problems(chat.page) == []
        chat.page.get_by_role("button", name="退出并清除本机对话").click()
        assert problems(chat.page) == []
        chat.page.keyboard.press("Escape")
        wire.cut()
        chat.say("在吗")
        expect(chat.state()).to_contain_text("未送达")
        expect(chat.page.get_by_role("status")).to_be_visible()
        assert problems(chat.page) == []


def test_a_whole_conversation_by_keyboard_alone(page: Page, wire: Wire, engine: FakeEngine) -> None:
    # Chromium must know before the key is pressed that its picker is watched; on busy cores, asking for that at the
    # moment of the key press comes too late, and nothing is ever reported.
    page.on("filechooser", lambda chooser: None)
    chat, keys = Chat(page).open(wire.url), page.keyboard
    way_back = page.locator("#skip")
    for _ in range(15):
        if way_back.evaluate("element => element === document.activeElement"):
            break
        keys.press("Shift+Tab")
    expect(way_back).to_be_in_viewport()
    keys.press("Enter")
    expect(chat.input).to_be_focused()
    keys.type("追尾了")
    keys.press("Enter")
    expect(chat.theirs).to_have_text(["收到：追尾了"])

    keys.press("Shift+Tab")
    expect(chat.chip("不是")).to_be_focused()
    keys.press("Shift+Tab")
    expect(chat.chip("确认报案")).to_be_focused()
    keys.press("Space")
    expect(chat.theirs.last).to_have_text("收到：/affirm")
    expect(chat.input).to_be_focused()

    keys.press("Tab")
    expect(page.locator("#more")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#more-panel button").first).to_be_focused()
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(file("现场.jpg", JPEG, photo()))  # type: ignore[arg-type]
    expect(page.locator("#tray .primary")).to_be_focused()
    engine.reply = lambda turn: [{"text": "文件收到了"}]
    keys.press("Enter")
    expect(chat.theirs.last).to_have_text("文件收到了")
    expect(chat.input).to_be_focused()


def test_the_focus_can_be_seen(chat: Chat) -> None:
    chat.ask("追尾了", "收到：追尾了")
    chat.chip("确认报案").focus()
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Shift+Tab")
    for locator in (chat.chip("确认报案"), chat.page.locator("#more"), chat.input):
        locator.focus()
        style, width = locator.evaluate(
            "element => { const { outlineStyle, outlineWidth } = getComputedStyle(element);"
            " return [outlineStyle, parseFloat(outlineWidth)] }"
        )
        assert style != "none"
        assert width >= 2


def test_new_messages_are_read_out_and_history_is_not(chat: Chat) -> None:
    chat.ask("追尾了", "收到：追尾了")
    log = chat.page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.locator(".row.bot:not(.welcome) .unseen").first).to_have_text("理赔助手：")
    chat.page.reload()
    expect(chat.own).to_have_count(1)
    expect(log).to_have_attribute("aria-live", "polite")


def test_nothing_moves_for_those_who_want_it_still(browser: Browser, wire: Wire, engine: FakeEngine) -> None:
    engine.held = True
    with browser.new_context(reduced_motion="reduce") as context:
        chat = Chat(context.new_page()).open(wire.url)
        chat.say("追尾了")
        dots = chat.page.locator("#typing i").first
        expect(dots).to_be_visible()
        expect(dots).to_have_css("animation-iteration-count", "1")


def test_the_page_brings_all_it_needs(page: Page, wire: Wire) -> None:
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: broken.append(message.text) if message.type == "error" else None)
    chat = Chat(page).open(wire.url)
    chat.ask("追尾了", "收到：追尾了")
    assert broken == []
    assert all(url.startswith((wire.url, "data:", "blob:")) for url in asked)
