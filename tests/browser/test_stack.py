"""The page before the whole stack with the real model; makes the picture of the README while it is at it.

The picture is written where there is none yet, or when UPDATE_IMAGES is set: it holds today's dates.
"""

import io
import os
import re
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from evaluation.stack import Stack
from tests.browser.support import DESK, JPEG, PHONE, Chat, file, photo

IMAGE = Path(__file__).parents[2] / "docs" / "images" / "webchat.png"
SENTENCE = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"

pytestmark = pytest.mark.stack


def answered(chat: Chat, text: str, pattern: str) -> None:
    """Say something; one of the new bubbles says this."""
    before = chat.theirs.count()
    chat.say(text)
    expect(chat.theirs.nth(before)).to_be_visible()
    expect(chat.page.locator("#log")).to_contain_text(re.compile(pattern))


def report(chat: Chat) -> str:
    """A whole report with a correction and a question in between; the claim number."""
    answered(chat, SENTENCE, "手机号")
    answered(chat, "为什么要问这个", "只用于办理本次理赔")
    answered(chat, "13800138001", "请核对报案信息")
    answered(chat, "车损改成四千", "4,?000")
    chat.chip("确认提交").last.click()
    registered = chat.theirs.filter(has_text="报案成功")
    expect(registered).to_have_count(1)
    expect(chat.page.locator("#log")).to_contain_text("需要的全部材料")
    found = re.search(r"C\d{15}", registered.inner_text())
    assert found
    return found.group()


def test_a_report_on_a_phone_and_on_a_desk(browser: Browser, stack: Stack) -> None:
    pictures = []
    with browser.new_context(viewport=PHONE, locale="zh-CN", device_scale_factor=2, is_mobile=True) as context:  # type: ignore[arg-type]
        chat = Chat(context.new_page()).open(stack.chat_url)
        answered(chat, SENTENCE, "手机号")
        pictures.append(picture(chat, "#panel"))
    with browser.new_context(viewport=DESK, locale="zh-CN", device_scale_factor=2) as context:  # type: ignore[arg-type]
        chat = Chat(context.new_page()).open(stack.chat_url)
        number = report(chat)
        claim = httpx.get(
            f"{stack.staff_url}/api/staff/claims/{number}",
            headers={"Authorization": f"Bearer {stack.staff_token}"},
            trust_env=False,
        ).json()
        assert (claim["cause"], Decimal(claim["loss_estimate"])) == ("collision_multi", 4000)
        chat.choose(file("事故现场.jpg", JPEG, photo()))
        said = chat.theirs.count()
        chat.send_files()
        chat.delivered()
        expect(chat.theirs.nth(said)).to_be_visible()
        chat.page.reload()
        expect(chat.theirs.filter(has_text=f"案件号是 {number}")).to_have_count(1)
        expect(chat.own.first).to_have_text(SENTENCE)
        summary = chat.theirs.filter(has_text="请核对报案信息").last
        summary.evaluate("bubble => (bubble.closest('#scroller').scrollTop = bubble.closest('.row').offsetTop - 84)")
        pictures.append(picture(chat, "#panel"))
    if os.environ.get("UPDATE_IMAGES") or not IMAGE.exists():
        side_by_side(pictures)


def picture(chat: Chat, part: str) -> Image.Image:
    """Part of the page, without caret and focus ring."""
    chat.input.blur()
    shot = chat.page.locator(part).screenshot(animations="disabled", caret="hide")
    return Image.open(io.BytesIO(shot))


def side_by_side(pictures: list[Image.Image]) -> None:
    """Both views, equally high, as the README shows them."""
    height, gap = 1200, 40
    scaled = [each.resize((round(each.width * height / each.height), height)) for each in pictures]
    sheet = Image.new("RGB", (sum(each.width for each in scaled) + gap, height), "white")
    sheet.paste(scaled[0], (0, 0))
    sheet.paste(scaled[1], (scaled[0].width + gap, 0))
    IMAGE.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(160).save(IMAGE, optimize=True)
