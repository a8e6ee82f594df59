"""Simplified and Traditional."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.support import Chat, Wire
from tests.channels.support import FakeEngine


def test_the_page_follows_the_customer(chat: Chat, engine: FakeEngine) -> None:
    engine.reply = lambda turn: [
        {"text": "请说一下经过", "buttons": [{"title": "转人工", "payload": "/request_human"}]}
    ]
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    chat.ask("我的車在朝陽路被追撞了", "請說一下經過")
    expect(chat.page).to_have_title("理賠助手")
    expect(chat.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(chat.chip("轉人工")).to_be_visible()
    expect(chat.input).to_have_attribute("placeholder", "請輸入您的問題")
    chat.page.reload()
    expect(chat.page).to_have_title("理賠助手")
    chat.ask("这是简体字说的话", "请说一下经过")
    expect(chat.page).to_have_title("理赔助手")


def test_a_browser_in_traditional_is_greeted_in_it(browser: Browser, wire: Wire, engine: FakeEngine) -> None:
    with browser.new_context(locale="zh-TW") as context:
        chat = Chat(context.new_page()).open(wire.url)
        chat.chip("我要報案").click()
        expect(chat.theirs).to_have_text(["收到：我要報案"])
        expect(chat.page).to_have_title("理賠助手")
    assert engine.texts == ["我要報案"]


def test_both_scripts_have_the_same_sentences(page: Page, wire: Wire) -> None:
    page.goto(wire.url)
    shapes = page.evaluate(
        """async () => {
            const { WORDING } = await import("/static/wording.js");
            const holes = (text) => [...text.matchAll(/\\{\\w+\\}/g)].map(String).sort().join();
            const shape = (value) => typeof value === "string" ? holes(value)
                : Array.isArray(value) ? value.length
                : Object.fromEntries(Object.keys(value).sort().map((key) => [key, shape(value[key])]));
            return Object.values(WORDING).map((each) => JSON.stringify(shape(each)));
        }"""
    )
    assert len(shapes) == 2
    assert shapes[0] == shapes[1]
