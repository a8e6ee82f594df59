"""The desk in a real browser: an agent takes over a customer of the web chat and gives them back; a handler works on
a claim. Two browsers, the real gateway and the real desk on one database; only the engine is a stand-in."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import casework, conversations, customers, logins, materials
from claims.handover import escalate
from claims.identity import proof
from claims.models import AgentPresence, AuditEntry, Conversation, Handover, OutboxItem
from claims.seed import seed_demo
from claims.vocabulary import HandoverReason, Mode, Presence, WrapUp
from desk.web import create_web
from lipei.settings import Settings
from tests.browser.support import DESK, JPEG, Chat, file
from tests.channels.support import Server, eventually

IMAGE = Path(__file__).parents[2] / "docs" / "images" / "desk.png"
PASSWORD = "a password for tests"
Database = Callable[[], AbstractContextManager[Session]]


def receipt(width: int = 320, height: int = 200) -> bytes:
    """A JPEG that looks like a sheet of paper with lines of writing."""
    sheet, kept = Image.new("RGB", (width, height), "#f6f3ea"), io.BytesIO()
    lines = ImageDraw.Draw(sheet)
    for line, top in enumerate(range(height // 8, height - height // 8, height // 10)):
        lines.rectangle((width // 10, top, width * (9 - line % 4) // 10, top + height // 40), fill="#9aa7ad")
    lines.ellipse((width * 6 // 10, height * 5 // 10, width * 9 // 10, height * 9 // 10), outline="#b4443a", width=3)
    sheet.save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture(autouse=True)
def open_at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_SERVICE_HOURS", "always")


@pytest.fixture
def desk(gateway: tuple[Server, str], database: Database, tmp_path: Path) -> Iterator[Server]:
    """The desk on the gateway's database, with the demo data."""
    with database() as session:
        seed_demo(session, date.today())  # noqa: DTZ011 (the policies only have to be in force)
        for login in ("agent01", "handler01"):
            logins.set_password(session, logins.find(session, login), PASSWORD, "operator")
    server = Server(create_web(Settings(var_dir=tmp_path / "var", database_url=gateway[1]))).start()
    yield server
    server.stop()


@pytest.fixture
def staff(browser: Browser, desk: Server) -> Iterator[Callable[[str], Page]]:
    """staff(login): a page of somebody who has just signed in. Whatever it asks elsewhere fails the test."""
    contexts, elsewhere = [], []

    def signed_in(login: str) -> Page:
        context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request", lambda r: None if r.url.startswith((desk.url, "data:", "blob:")) else elsewhere.append(r.url)
        )
        page.on("pageerror", lambda error: elsewhere.append(str(error)))
        page.goto(desk.url)
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator(".desk-head")).to_be_visible()
        # The page is drawn before its line to the server stands.
        page.wait_for_function("window.did_handshake")
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert elsewhere == []


def take_conversations(agent: Page, database: Database) -> None:
    """Press the button, and wait until the desk has noted it: who asks for a person before is offered a call back."""

    def noted() -> bool:
        with database() as session:
            return [each.state for each in session.scalars(select(AgentPresence))] == [Presence.ONLINE]

    agent.get_by_role("button", name="接待中", exact=True).click()
    eventually(noted)


def test_an_agent_takes_over_talks_and_gives_back(chat: Chat, staff: Callable[[str], Page], database: Database) -> None:
    agent = staff("agent01")
    take_conversations(agent, database)
    chat.ask("发票丢了怎么办", "收到：发票丢了怎么办")
    with database() as session:
        conversation = session.scalars(select(Conversation).where(Conversation.channel == "webchat")).one()
        proof.set_proven(conversation, customers.find_by_phone(session, "13800138002")[0].id)
        escalate.escalate(session, conversation, HandoverReason.ASKED)
        number = conversation.id
    expect(agent.locator("body")).to_have_attribute("data-bells", "1")
    agent.locator(".talk", has_text="李娜").click()
    expect(agent.locator(".said.by-customer .words")).to_have_text(["发票丢了怎么办"])
    expect(agent.locator(".beside .claim").first).to_contain_text("收集材料")
    field = agent.get_by_placeholder("输入回复")
    field.press_sequentially("您")
    expect(chat.notes.last).to_have_text("坐席王敏已接入，由我为您服务。")
    field.press_sequentially("好，可以用盖章的复印件。")
    field.press("Enter")
    expect(chat.theirs.last).to_have_text("您好，可以用盖章的复印件。")
    expect(field).to_have_value("")

    chat.say("好的，我拍给您")
    expect(agent.locator(".said.by-customer").last).to_contain_text("好的，我拍给您")
    chat.choose(file("发票.jpg", JPEG, receipt()))
    chat.send_files()
    shown = agent.locator(".said.by-customer .pic img").last
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") == 320
    agent.locator("input[type=file]").set_input_files(file("样例.jpg", JPEG, receipt(200, 120)))  # type: ignore[arg-type]
    expect(agent.locator(".said.by-agent .pic img")).to_be_visible()
    expect(chat.theirs.last.locator("img")).to_be_visible()

    agent.get_by_text("内部备注").click()
    note = agent.get_by_placeholder("写内部备注")
    note.fill("客户着急，注意语气")
    note.press("Enter")
    expect(agent.locator(".said.by-note")).to_contain_text("客户着急，注意语气")
    expect(note).to_have_value("")
    if os.environ.get("UPDATE_IMAGES") or not IMAGE.exists():
        agent.screenshot(path=IMAGE, animations="disabled", caret="hide")

    agent.get_by_role("button", name="交还机器人").click()
    agent.get_by_label("与客户约定的事").fill("发票用复印件")
    agent.get_by_label("小结类型").click()
    agent.get_by_role("option", name="咨询答复").click()
    agent.locator(".q-dialog").get_by_role("button", name="交还机器人").click()
    expect(chat.notes.last).to_have_text("坐席王敏的服务已结束，小理接着为您办理。")
    expect(agent.locator(".owner")).to_have_text("机器人接待中")
    chat.ask("谢谢", "收到：谢谢")
    expect(chat.page.locator("#log")).not_to_contain_text("客户着急")
    with database() as session:
        held = session.scalars(select(Handover)).one()
        assert (held.agreed, held.wrap_up) == ("发票用复印件", WrapUp.INFORMATION)
        assert conversations.get(session, number).mode is Mode.BOT
        assert not [item for item in session.scalars(select(OutboxItem)) if "客户着急" in item.text]
        assert "conversation_read" in session.scalars(select(AuditEntry.action)).all()


def test_the_bell_rings_once_for_each_who_waits(staff: Callable[[str], Page], database: Database) -> None:
    def ask_for_a_person(phone: str) -> str:
        with database() as session:  # one transaction: what was written and that they wait are seen at once
            talk = conversations.open_conversation(session, "sms", address=phone)[0]
            conversations.record_inbound(session, talk, text="转人工", provider_id=phone)
            escalate.escalate(session, talk, HandoverReason.ASKED)
            return talk.id

    agent = staff("agent01")
    take_conversations(agent, database)
    body, lines = agent.locator("body"), agent.locator(".queue .talk")
    first = ask_for_a_person("13800138001")
    expect(body).to_have_attribute("data-bells", "1")
    with database() as session:
        conversations.record_inbound(session, conversations.get(session, first), text="在吗", provider_id="2")
    expect(lines).to_contain_text(["在吗"])
    expect(body).to_have_attribute("data-bells", "1")
    agent.locator("nav").get_by_text("案件").click()
    expect(agent.locator(".at-cases")).to_be_visible()
    ask_for_a_person("13800138002")
    agent.locator("nav").get_by_text("会话").click()
    expect(lines).to_have_count(2)
    expect(body).to_have_attribute("data-bells", "1")
    agent.reload()
    expect(lines).to_have_count(2)
    agent.wait_for_function("window.did_handshake")
    expect(body).not_to_have_attribute("data-bells", "1")


def test_a_handler_judges_a_material_and_moves_a_claim(staff: Callable[[str], Page], database: Database) -> None:
    with database() as session:
        claim = casework.by_phone(session, "13800138002")[0]
        first = materials.standing(session, claim)[0]
    handler = staff("handler01")
    handler.get_by_role("link", name="案件").click()
    handler.locator(".cases a", has_text="李娜").click()
    item = handler.locator(".judged", has_text=first.name).first
    item.get_by_role("button", name="登记纸质件").click()
    item.get_by_role("button", name="退回").click()
    handler.get_by_label("退回原因").fill("看不清姓名")
    handler.locator(".q-dialog").get_by_role("button", name="退回").click()
    expect(item).to_contain_text("看不清姓名")
    item.get_by_role("button", name="通过").click()
    expect(item).to_contain_text("已通过")
    handler.get_by_role("button", name="受理", exact=True).click()
    handler.get_by_label("办理说明").fill("材料齐全")
    handler.locator(".q-dialog").get_by_role("button", name="确定").click()
    expect(handler.locator(".case-head .state")).to_have_text("已受理")
    handler.get_by_role("button", name="预约查勘").click()
    handler.locator(".q-dialog").get_by_role("button", name="确定").click()
    expect(handler.locator(".case-head .state")).to_have_text("查勘")
    expect(handler.locator(".visit")).to_contain_text("周涛")
    with database() as session:
        moved = casework.by_phone(session, "13800138002")[0]
        assert [entry.state_to.value for entry in moved.timeline][-2:] == ["accepted", "inspection"]
        assert (moved.timeline[-2].actor, moved.timeline[-2].note) == ("handler01", "材料齐全")
