"""Saying something and reading the answer."""

from playwright.sync_api import Page, expect

from tests.browser.support import Chat
from tests.channels.support import FakeEngine


def test_a_message_appears_at_once_and_is_answered(chat: Chat, engine: FakeEngine) -> None:
    engine.held = True
    chat.say("昨天在朝阳路追尾了")
    expect(chat.own).to_have_text(["昨天在朝阳路追尾了"])
    expect(chat.page.locator("#mode")).to_have_text("正在输入…")
    expect(chat.page.locator("#typing")).to_be_visible()
    engine.held = False
    expect(chat.theirs).to_have_text(["收到：昨天在朝阳路追尾了"])
    expect(chat.page.locator("#typing")).to_be_hidden()
    expect(chat.state()).to_contain_text("已送达")
    expect(chat.input).to_have_value("")


def test_a_starter_begins_the_conversation(chat: Chat, engine: FakeEngine) -> None:
    chat.chip("我要报案").click()
    expect(chat.theirs).to_have_text(["收到：我要报案"])
    expect(chat.chip("查理赔进度")).to_be_hidden()
    assert engine.texts == ["我要报案"]
    assert engine.turns[0]["payload"] is False


def test_a_button_sends_what_stands_behind_it_and_is_spent(chat: Chat, engine: FakeEngine) -> None:
    chat.ask("追尾了", "收到：追尾了")
    chat.chip("确认报案").click()
    expect(chat.own.last).to_have_text("确认报案")
    expect(chat.theirs.last).to_have_text("收到：/affirm")
    first = chat.page.locator("#log .row.bot:not(.welcome)").first
    expect(first.get_by_role("button", name="确认报案")).to_be_disabled()
    expect(chat.chip("确认报案").last).to_be_enabled()
    assert engine.turns[-1]["payload"] is True


def test_a_double_click_sends_once(chat: Chat, engine: FakeEngine) -> None:
    chat.ask("追尾了", "收到：追尾了")
    chat.chip("确认报案").evaluate("chip => { chip.click(); chip.click(); }")
    expect(chat.theirs.last).to_have_text("收到：/affirm")
    chat.chip("确认报案").last.dblclick()
    expect(chat.theirs).to_have_count(3)
    chat.ask("还有", "收到：还有")
    assert engine.texts == ["追尾了", "/affirm", "/affirm", "还有"]


def test_shift_enter_is_a_new_line(chat: Chat) -> None:
    chat.input.press_sequentially("第一行")
    chat.input.press("Shift+Enter")
    chat.input.press_sequentially("第二行")
    tall = chat.input.bounding_box()
    chat.input.press("Enter")
    expect(chat.own).to_have_text("第一行\n第二行", use_inner_text=True)
    low = chat.input.bounding_box()
    assert tall and low and tall["height"] > low["height"]


def test_enter_that_ends_a_composition_does_not_send(chat: Chat, page: Page, engine: FakeEngine) -> None:
    chat.input.focus()
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "zhuiwei", "selectionStart": 7, "selectionEnd": 7})
    expect(chat.input).to_have_value("zhuiwei")
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    expect(chat.input).to_have_value("zhuiwei")
    ime.send("Input.insertText", {"text": "追尾"})
    expect(chat.input).to_have_value("追尾")
    assert engine.turns == []
    chat.input.press("Enter")
    expect(chat.theirs).to_have_text(["收到：追尾"])


def test_markup_in_a_message_stays_text(chat: Chat, page: Page) -> None:
    chat.say("<img src=x onerror=alert(1)><b>粗</b>")
    expect(chat.own).to_have_text("<img src=x onerror=alert(1)><b>粗</b>")
    expect(chat.theirs).to_have_text("收到：<img src=x onerror=alert(1)><b>粗</b>")
    expect(page.locator("#log img")).to_have_count(0)


def test_emergency_numbers_can_be_dialled(chat: Chat, engine: FakeEngine) -> None:
    engine.reply = lambda turn: [{"text": "请立即拨打 120；保单 PA202600000120 已找到。"}]
    chat.ask("有人受伤", "请立即拨打 120；保单 PA202600000120 已找到。")
    links = chat.theirs.last.get_by_role("link")
    expect(links).to_have_text(["120"])
    expect(links).to_have_attribute("href", "tel:120")


def test_too_long_a_message_is_explained_and_given_back(chat: Chat) -> None:
    chat.say("长" * 2001)
    expect(chat.state()).to_contain_text("一条消息最多 2000 个字")
    chat.chip("重新编辑").click()
    expect(chat.input).to_have_value("长" * 2001)
    expect(chat.own).to_have_count(0)
