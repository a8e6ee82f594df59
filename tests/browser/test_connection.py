"""The line breaks at every bad moment: nothing is lost, nothing is doubled."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import conversations
from claims.models import Conversation, Message
from claims.vocabulary import Author
from tests.browser.support import Chat, Wire
from tests.channels.support import FakeEngine, eventually

Database = Callable[[], AbstractContextManager[Session]]


def said(database: Database) -> list[str]:
    """What the server holds of the customer's words, in order."""
    with database() as session:
        rows = session.scalars(select(Message).where(Message.author == Author.CUSTOMER).order_by(Message.id))
        return [row.text for row in rows]


def test_the_answer_comes_after_the_line_broke_in_the_middle(
    chat: Chat, wire: Wire, engine: FakeEngine, database: Database
) -> None:
    chat.ask("你好", "收到：你好")
    engine.held = True
    chat.say("追尾了")
    eventually(lambda: "追尾了" in engine.texts)
    wire.cut()
    expect(chat.page.get_by_role("status")).to_contain_text("连不上服务器")
    engine.held = False
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：你好", "收到：追尾了"])
    expect(chat.own).to_have_text(["你好", "追尾了"])
    expect(chat.page.get_by_role("status")).to_be_hidden()
    assert said(database) == ["你好", "追尾了"]


def test_what_is_said_without_a_line_goes_out_later_in_order(chat: Chat, wire: Wire, database: Database) -> None:
    chat.ask("你好", "收到：你好")
    wire.cut()
    chat.say("第一句")
    expect(chat.state()).to_contain_text("未送达")
    expect(chat.chip("重试")).to_be_visible()
    chat.say("第二句")
    expect(chat.page.locator('[data-state="failed"]')).to_have_count(2)
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：你好", "收到：第一句", "收到：第二句"])
    expect(chat.own).to_have_text(["你好", "第一句", "第二句"])
    assert said(database) == ["你好", "第一句", "第二句"]


def test_a_lost_confirmation_does_not_double_the_message(
    chat: Chat, wire: Wire, engine: FakeEngine, database: Database
) -> None:
    chat.ask("你好", "收到：你好")
    wire.swallow_answers()
    chat.say("追尾了")
    eventually(lambda: "追尾了" in engine.texts)
    wire.cut()
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：你好", "收到：追尾了"])
    expect(chat.own).to_have_text(["你好", "追尾了"])
    chat.delivered()
    # Whatever was sent twice would be stored before this.
    chat.ask("就这些", "收到：就这些")
    expect(chat.own).to_have_text(["你好", "追尾了", "就这些"])
    assert said(database) == ["你好", "追尾了", "就这些"]
    assert engine.texts == ["你好", "追尾了", "就这些"]


def test_what_the_history_shows_before_its_confirmation_is_shown_once(
    chat: Chat, page: Page, wire: Wire, engine: FakeEngine, database: Database
) -> None:
    chat.ask("你好", "收到：你好")
    page.route("**/api/chat/messages", lambda route: route.abort())  # saying it over HTTP; asking has ?after=
    wire.swallow_answers()
    chat.say("追尾了")
    eventually(lambda: "追尾了" in engine.texts)
    page.route_web_socket("**/api/chat/ws*", lambda socket: socket.close())
    wire.cut()
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：你好", "收到：追尾了"])
    expect(chat.own).to_have_text(["你好", "追尾了"])
    expect(chat.state()).to_contain_text("未送达")
    page.unroute("**/api/chat/messages")
    chat.delivered()
    chat.ask("就这些", "收到：就这些")
    expect(chat.own).to_have_text(["你好", "追尾了", "就这些"])
    assert said(database) == ["你好", "追尾了", "就这些"]


def test_the_same_words_twice_are_two_messages(chat: Chat, wire: Wire, database: Database) -> None:
    chat.ask("好", "收到：好")
    wire.cut()
    chat.say("好")
    expect(chat.state()).to_contain_text("未送达")
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：好", "收到：好"])
    expect(chat.own).to_have_text(["好", "好"])
    assert said(database) == ["好", "好"]


def test_what_an_agent_says_appears_by_itself(chat: Chat, wire: Wire, database: Database) -> None:
    chat.ask("转人工", "收到：转人工")
    _agent_says(database, "您好，我是王敏")
    expect(chat.theirs.last).to_have_text("您好，我是王敏")
    wire.cut()
    expect(chat.page.get_by_role("status")).to_be_visible()
    _agent_says(database, "还在吗")
    wire.mend()
    expect(chat.theirs).to_have_text(["收到：转人工", "您好，我是王敏", "还在吗"])


def test_without_sockets_the_page_asks_again_and_again(page: Page, wire: Wire, database: Database) -> None:
    page.route_web_socket("**/api/chat/ws*", lambda socket: socket.close())
    chat = Chat(page).open(wire.url)
    chat.ask("转人工", "收到：转人工")
    expect(chat.own).to_have_text(["转人工"])
    _agent_says(database, "您好，我是王敏")
    expect(chat.theirs.last).to_have_text("您好，我是王敏")


def test_an_unknown_token_is_explained_and_the_message_still_arrives(
    chat: Chat, database: Database, engine: FakeEngine
) -> None:
    chat.ask("你好", "收到：你好")
    _end_session(database)
    chat.say("追尾了")
    expect(chat.notes).to_contain_text("原来的会话已失效")
    expect(chat.theirs).to_have_text(["收到：追尾了"])
    expect(chat.own).to_have_text(["追尾了"])
    assert engine.turns[-1]["conversation"] != engine.turns[0]["conversation"]


def test_a_page_opened_with_a_dead_token_starts_afresh(chat: Chat, wire: Wire, database: Database) -> None:
    chat.ask("你好", "收到：你好")
    chat.page.goto("about:blank")  # an open page might hear of the end first, and say so before it is left
    _end_session(database)
    chat.open(wire.url)
    expect(chat.notes).to_contain_text("原来的会话已失效")
    chat.ask("接着说", "收到：接着说")
    expect(chat.own).to_have_text(["接着说"])
    expect(chat.notes).to_have_count(1)


def test_a_dead_token_while_the_line_was_down(chat: Chat, wire: Wire, database: Database) -> None:
    chat.ask("你好", "收到：你好")
    wire.cut()
    chat.say("追尾了")
    expect(chat.state()).to_contain_text("未送达")
    _end_session(database)
    wire.mend()
    expect(chat.notes).to_contain_text("原来的会话已失效")
    expect(chat.theirs).to_have_text(["收到：追尾了"])
    expect(chat.own).to_have_text(["追尾了"])
    assert said(database) == ["你好", "追尾了"]


def test_an_engine_that_is_down_brings_a_receipt_and_the_answer_later(chat: Chat, engine: FakeEngine) -> None:
    engine.held = True
    chat.say("追尾了")
    expect(chat.notes).to_contain_text("已经收到并保存")
    chat.delivered()
    engine.held = False
    expect(chat.theirs).to_have_text(["收到：追尾了"])


def test_too_many_messages_is_said_plainly(chat: Chat, page: Page) -> None:
    refused = '{"detail": "消息发得太快了，请稍等 7 秒再发。", "code": "too_many_messages"}'
    page.route_web_socket("**/api/chat/ws*", lambda socket: socket.close())
    page.route(
        "**/api/chat/messages",
        lambda route: route.fulfill(
            status=429, headers={"Retry-After": "7"}, content_type="application/json", body=refused
        ),
    )
    chat.say("追尾了")
    expect(chat.state()).to_contain_text("消息发得太快了，请稍等 7 秒再发。")
    page.unroute("**/api/chat/messages")
    chat.chip("重试").click()
    expect(chat.theirs).to_have_text(["收到：追尾了"])
    expect(chat.own).to_have_text(["追尾了"])


def _end_session(database: Database) -> None:
    with database() as session:
        session.scalars(select(Conversation)).one().token_hash = "of another token"


def _agent_says(database: Database, text: str) -> None:
    with database() as session:
        conversation = session.scalars(select(Conversation)).one()
        conversations.say(session, conversation, Author.AGENT, text)
