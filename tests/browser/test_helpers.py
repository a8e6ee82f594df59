"""What the page offers for the question just asked."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.support import PHONE, Chat, Wire
from tests.channels.support import FakeEngine, Json


def asks(engine: FakeEngine, awaiting: str | None) -> None:
    def reply(turn: Json) -> list[Json]:
        return [{"text": f"收到：{turn['text']}", "awaiting": awaiting}]

    engine.reply = reply


def test_a_time_is_picked_and_written_out(chat: Chat, engine: FakeEngine) -> None:
    asks(engine, "incident_time")
    chat.ask("追尾了", "收到：追尾了")
    chat.chip("选择日期和时间").click()
    field = chat.page.get_by_label("出险的日期和时间")
    field.fill("2026-03-05T15:30")
    chat.chip("填入").click()
    expect(chat.input).to_have_value("2026年3月5日15:30")
    expect(chat.input).to_be_focused()
    asks(engine, None)
    chat.input.press("Enter")
    expect(chat.theirs.last).to_have_text("收到：2026年3月5日15:30")
    expect(chat.chip("选择日期和时间")).to_have_count(0)


def test_a_time_to_come_is_not_taken(chat: Chat, engine: FakeEngine) -> None:
    asks(engine, "incident_time")
    chat.ask("追尾了", "收到：追尾了")
    chat.chip("选择日期和时间").click()
    chat.page.get_by_label("出险的日期和时间").fill("2999-01-01T00:00")
    chat.chip("填入").click()
    expect(chat.page.locator("#time-panel").get_by_role("alert")).to_have_text("时间不能晚于现在。")
    expect(chat.input).to_have_value("")


def test_stars_rate(chat: Chat, engine: FakeEngine) -> None:
    asks(engine, "rating")
    chat.ask("结案了", "收到：结案了")
    asks(engine, None)
    chat.page.get_by_role("button", name="4 星").click()
    expect(chat.theirs.last).to_have_text("收到：4分")
    expect(chat.page.locator("#helpers")).to_be_hidden()


def test_papers_asked_for_point_to_the_upload(chat: Chat, engine: FakeEngine) -> None:
    asks(engine, "material")
    chat.ask("要什么材料", "收到：要什么材料")
    chat.chip("拍照或上传材料").click()
    expect(chat.page.locator("#more-panel")).to_be_visible()
    expect(chat.page.locator("#more-panel button")).to_have_text(["照片", "拍照", "文件"])
    expect(chat.page.locator("#pick-camera")).to_have_attribute("capture", "environment")


@pytest.mark.parametrize(
    ("awaiting", "keyboard", "filling"),
    [
        ("contact_phone", "tel", "tel-national"),
        ("code", "numeric", "one-time-code"),
        ("loss_estimate", "decimal", "off"),
    ],
)
def test_digits_bring_their_keyboard_and_leave_a_way_out(
    browser: Browser, wire: Wire, engine: FakeEngine, awaiting: str, keyboard: str, filling: str
) -> None:
    asks(engine, awaiting)
    with browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN") as context:  # type: ignore[arg-type]
        chat = Chat(context.new_page()).open(wire.url)
        chat.ask("追尾了", "收到：追尾了")
        expect(chat.input).to_have_attribute("inputmode", keyboard)
        expect(chat.input).to_have_attribute("autocomplete", filling)
        chat.chip("切换到文字键盘").tap()
        expect(chat.input).to_have_attribute("inputmode", "text")
        asks(engine, None)
        chat.ask("转人工", "收到：转人工")
        expect(chat.input).to_have_attribute("inputmode", "text")
