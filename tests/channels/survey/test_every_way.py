"""The same survey by keys, by speech, by text message, on WeChat and by the link: the same answers are stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from claims import channel_states, clock, conversations, surveys
from claims.database import unit_of_work
from claims.models import Conversation, Customer, Message, SurveyAnswer, SurveyRun, Ticket
from claims.vocabulary import SurveyState
from lipei.settings import Settings
from outreach.engine import Engine
from outreach.purposes import purposes
from standins.voice.api import CallsApi
from standins.voice.line import Line
from tests.channels.conftest import Serve
from tests.channels.contract.conftest import Line as Chat
from tests.channels.contract.kit import PUBLIC_URL
from tests.channels.contract.kits import twilio_sms, wechat
from tests.channels.support import ENGINE_TOKEN, FakeEngine, Server, eventually
from tests.channels.survey.conftest import put_closed_claim
from tests.channels.voice.conftest import _account, calls_api, line

__all__ = ["_account", "calls_api", "line"]

ANSWERS = {"overall": ("2", None), "reason": ("speed", None), "problem": ("nothing", None)}


def call_back(url: str, channel: str) -> None:
    """Outreach does its round once the gateway has said that it can send there."""
    eventually(lambda: _announced(url, channel))
    engine = Engine(purposes(), "w1", url)
    engine.plan()
    eventually(lambda: engine.work() or _begun(url, channel))
    eventually(lambda: _begun(url, channel))


def _announced(url: str, channel: str) -> bool:
    with unit_of_work(url, read_only=True) as unit:
        return channel in channel_states.on(unit.session)


def _begun(url: str, channel: str) -> bool:
    with unit_of_work(url, read_only=True) as unit:
        held = select(Conversation).where(Conversation.channel == channel)
        return any(talk.awaiting == "rating" for talk in unit.session.scalars(held))


def prefer(url: str, channel: str) -> None:
    with unit_of_work(url) as unit:
        put_closed_claim(unit.session, preferred=channel)
        unit.commit()


def check(url: str) -> None:
    """What is stored at the end, whatever the way."""
    with unit_of_work(url, read_only=True) as unit:
        run = unit.session.scalars(select(SurveyRun)).one()
        found = unit.session.scalars(select(SurveyAnswer).order_by(SurveyAnswer.id))
        assert {answer.question: (answer.value, answer.text) for answer in found} == ANSWERS
        assert (run.state, run.score) == (SurveyState.FINISHED, 2)
        assert "处理太慢" in unit.session.scalars(select(Ticket)).one().text


@pytest.mark.parametrize("by", ["keys", "speech"])
def test_on_a_call(by: str, line: Line, calls_api: CallsApi, thinking: FakeEngine, database_url: str) -> None:
    prefer(database_url, "voice")
    call_back(database_url, "voice")
    eventually(lambda: calls_api.placed)
    call = calls_api.placed[0].take(line)
    assert "总体满意吗" in call.start()[0]
    if by == "speech":
        assert "您给几分" in "".join(call.say("还行吧"))
        said = ["打两分吧", "你们处理太慢了", "没有了"]
        heard = ["".join(call.say(words)) for words in said]
    else:
        heard = ["".join(call.press(keys)) for keys in ("2", "1", "1")]
    assert "抱歉" in heard[0] and "具体情况" in heard[1] and "四十八小时" in heard[2]
    if by == "speech":
        with unit_of_work(database_url, read_only=True) as unit:
            reason = unit.session.scalars(select(SurveyAnswer).where(SurveyAnswer.question == "reason")).one()
            assert reason.value == "speed"
    check(database_url)


@pytest.fixture
def chat(
    request: pytest.FixtureRequest,
    serve: Serve,
    database_url: str,
    engine_server: Server,
    thinking: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Chat]:
    """A channel on which one writes, with its provider's stand-in."""
    kit = {"sms": twilio_sms, "wechat": wechat}[request.param].Kit()
    server = Server(kit.standin()).start()
    kit.standin_url = server.url
    for name, value in kit.environment().items():
        monkeypatch.setenv(name, value)
    settings = Settings(
        var_dir=tmp_path / "var",
        database_url=database_url,
        engine_url=engine_server.url,
        engine_token=ENGINE_TOKEN,
        public_url=PUBLIC_URL,
    )
    gateway = serve(settings)
    with httpx.Client(base_url=gateway.url, trust_env=False, timeout=20) as http:
        yield Chat(kit, gateway, http)
    server.stop()


@pytest.mark.parametrize("chat", ["sms", "wechat"], indirect=True)
def test_in_writing(chat: Chat, database_url: str) -> None:
    prefer(database_url, chat.kit.channel)
    so_far = 0
    if chat.kit.channel == "wechat":
        so_far = introduce(chat, database_url)
    call_back(database_url, chat.kit.channel)
    asked = chat.texts(so_far + 1)[-1]
    assert "总体满意吗" in asked
    for number, words in enumerate(["2", "1", "没有"], start=1):
        chat.deliver(chat.kit.text(words, provider_id=f"1{number}"))
        chat.texts(so_far + 1 + number)
    assert "48小时" in chat.texts(so_far + 4)[-1]
    check(database_url)


def introduce(chat: Chat, url: str) -> int:
    """The customer wrote some hours ago, and proved who they are; how many answers they got."""
    chat.deliver(chat.kit.text("你好", provider_id="1"))
    chat.texts(1)
    with unit_of_work(url) as unit:
        talk = conversations.by_address(unit.session, "wechat", chat.kit.address)
        assert talk is not None
        ago = clock.now() - timedelta(hours=2)
        talk.bound_customer_id = unit.session.scalars(select(Customer)).one().id
        talk.last_inbound_at = ago
        unit.session.execute(update(Message).values(created_at=ago))
        unit.commit()
    return len(chat.kit.sent)


@pytest.mark.parametrize("chat", ["sms"], indirect=True)
def test_by_the_link(chat: Chat, database_url: str) -> None:
    prefer(database_url, "sms")
    call_back(database_url, "sms")
    [text] = chat.texts(1)
    path = re.search(rf"{PUBLIC_URL}(/s/\w+)", text)
    assert path is not None
    page = chat.http.get(path[1])
    assert page.status_code == 200 and "总体满意吗" in page.text and 'lang="zh-Hans"' in page.text
    missing = chat.http.post(path[1], data={"step": "next", "question": "overall"}, follow_redirects=True)
    assert "请先选一项" in missing.text
    for question, value in (("overall", "2"), ("reason", "speed"), ("problem", "")):
        form = {"step": "next", "question": question, "value": value, "text": ""}
        page = chat.http.post(path[1], data=form, follow_redirects=True)
        again = chat.http.post(path[1], data=form, follow_redirects=True)
        assert again.text == page.text
    assert "48小时" in page.text
    check(database_url)
    with unit_of_work(database_url, read_only=True) as unit:
        run = unit.session.scalars(select(SurveyRun)).one()
        assert not surveys.is_open(run)
