"""The widget inside another page, which lives on another port and forbids inline styles and scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.browser.support import DESK, Wire
from tests.channels.support import FakeEngine, Server


@pytest.fixture
def shop(wire: Wire) -> Iterator[Server]:
    """An insurer's own page with the one line of the widget; ?more= adds attributes."""

    async def home(request: Request) -> Response:
        tag = f'<script src="{wire.url}/widget.js" {request.query_params.get("more", "")} defer></script>'
        html = f"<!doctype html><html lang=zh><title>保险官网</title><h1>保险官网</h1><a href=/>首页</a>{tag}</html>"
        policy = f"default-src 'none'; script-src {wire.url}; frame-src {wire.url}"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    server = Server(Starlette(routes=[Route("/", home)])).start()
    yield server
    server.stop()


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("lipei-chat iframe")


def opened(page: Page) -> FrameLocator:
    """The frame, once its page is ready."""
    expect(frame(page).locator("#panel[data-ready]")).to_be_visible()
    return frame(page)


def test_a_claim_can_be_reported_in_the_widget(page: Page, shop: Server, engine: FakeEngine) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(shop.url)
    button = page.get_by_role("button", name="理赔助手")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    inside = opened(page)
    inside.locator("#input").fill("追尾了")
    inside.locator("#input").press("Enter")
    expect(inside.locator("#log .row.bot:not(.welcome) .bubble")).to_have_text(["收到：追尾了"])
    assert engine.texts == ["追尾了"]
    box = page.locator("lipei-chat iframe").bounding_box()
    assert box and box["width"] < 500 and box["x"] > 640
    page.reload()
    button.click()
    expect(inside.locator("#log .row.customer .bubble")).to_have_text(["追尾了"])


def test_it_opens_and_closes_by_keyboard(page: Page, shop: Server) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(shop.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="理赔助手")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(opened(page).locator("#input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("lipei-chat iframe")).to_be_hidden()
    expect(button).to_be_focused()


def test_it_fills_a_phone_and_closes_by_its_own_button(page: Page, shop: Server) -> None:
    page.goto(shop.url)
    page.get_by_role("button", name="理赔助手").click()
    box = page.locator("lipei-chat iframe").bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    frame(page).get_by_role("button", name="关闭聊天窗口").click()
    expect(page.locator("lipei-chat iframe")).to_be_hidden()


def test_colour_place_and_name_are_set_by_the_tag(page: Page, shop: Server) -> None:
    more = 'data-color="rgb(10, 20, 120)" data-position="left" data-label="在线报案" data-open="true"'
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(f"{shop.url}/?more={more}")
    button = page.get_by_role("button", name="在线报案")
    expect(button).to_have_css("background-color", "rgb(10, 20, 120)")
    expect(frame(page).locator("#input")).to_be_visible()
    box = button.bounding_box()
    assert box and box["x"] < 100


def test_unread_messages_are_counted(page: Page, shop: Server, engine: FakeEngine) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto(shop.url)
    button = page.get_by_role("button", name="理赔助手")
    button.click()
    inside = opened(page)
    engine.held = True
    inside.locator("#input").fill("追尾了")
    inside.locator("#input").press("Enter")
    expect(inside.locator("#typing")).to_be_visible()
    button.click()
    engine.held = False
    expect(page.locator("lipei-chat .count")).to_have_text("1")
    button.click()
    expect(page.locator("lipei-chat .count")).to_be_hidden()
