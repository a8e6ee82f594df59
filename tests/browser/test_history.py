"""What is still there after a reload, in a second tab, and after leaving."""

import re

from playwright.sync_api import Page, expect

from tests.browser.support import Chat, Wire
from tests.channels.support import FakeEngine

API = re.compile(r"/api/chat/")


def test_a_reload_shows_the_whole_history(chat: Chat) -> None:
    for number in range(1, 6):
        chat.ask(f"第{number}句", f"收到：第{number}句")
    chat.page.reload()
    expect(chat.own).to_have_text([f"第{number}句" for number in range(1, 6)])
    expect(chat.theirs).to_have_text([f"收到：第{number}句" for number in range(1, 6)])
    chat.chip("确认报案").last.click()
    expect(chat.theirs.last).to_have_text("收到：/affirm")


def test_a_reload_sends_what_was_not_yet_delivered(page: Page, wire: Wire, engine: FakeEngine) -> None:
    page.route(API, lambda route: route.abort())
    chat = Chat(page).open(wire.url)
    chat.say("追尾了")
    expect(chat.state()).to_contain_text("未送达")
    page.reload()
    expect(chat.own).to_have_text(["追尾了"])
    page.unroute(API)
    page.reload()
    expect(chat.theirs).to_have_text(["收到：追尾了"])
    expect(chat.own).to_have_text(["追尾了"])
    assert engine.texts == ["追尾了"]


def test_two_tabs_show_one_conversation(chat: Chat, wire: Wire) -> None:
    second = Chat(chat.page.context.new_page()).open(wire.url)
    chat.ask("第一个", "收到：第一个")
    expect(second.own).to_have_text(["第一个"])
    second.ask("第二个", "收到：第二个")
    chat.ask("第三个", "收到：第三个")
    for each in (chat, second):
        expect(each.own).to_have_text(["第一个", "第二个", "第三个"])
        expect(each.theirs).to_have_text(["收到：第一个", "收到：第二个", "收到：第三个"])


def test_a_pause_is_stamped(chat: Chat) -> None:
    page = chat.page
    page.clock.install()
    chat.ask("第一句", "收到：第一句")
    expect(page.locator("#log time:visible")).to_have_count(1)
    chat.ask("马上第二句", "收到：马上第二句")
    expect(page.locator("#log time:visible")).to_have_count(1)


def test_leaving_clears_this_device(chat: Chat, engine: FakeEngine) -> None:
    chat.ask("身份证 110101199003078515", "收到：身份证 110101199003078515")
    chat.page.get_by_role("button", name="菜单").click()
    chat.page.get_by_role("button", name="退出并清除本机对话").click()
    chat.page.get_by_role("dialog").get_by_role("button", name="退出", exact=True).click()
    expect(chat.own).to_have_count(0)
    expect(chat.notes).to_contain_text("已退出")
    assert chat.page.evaluate("JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"
    chat.page.reload()
    expect(chat.chip("我要报案")).to_be_visible()
    expect(chat.own).to_have_count(0)
    chat.ask("你好", "收到：你好")
    assert engine.turns[-1]["conversation"] != engine.turns[0]["conversation"]
