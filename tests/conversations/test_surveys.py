"""A satisfaction callback on the real stack with the real classifier: the same answers by each way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from claims import channel_states, clock, contacts, conversations, crypto
from claims.database import engine_for, unit_of_work
from claims.models import Claim, Customer, Message, SurveyRun
from claims.vocabulary import ClaimState, SurveyState
from evaluation.stack import Stack
from lipei.settings import get_settings
from outreach.engine import Engine
from outreach.purposes import purposes
from standins.voice.call import PhoneCall
from standins.voice.line import Line
from tests.channels.support import eventually
from tests.channels.survey.test_every_way import check
from tests.conversations.channels import Person, Providers, on_sms, on_wechat

pytestmark = pytest.mark.stack

PHONE, OPENID = "13800138005", "oSurvey_1"
Say = Callable[[str, str], object]
"""Says the first, and hears an answer with the second in it; an AssertionError or TimeoutError without it."""


@pytest.fixture
def database_url(fresh_house: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The database of the stack, with the settings of its processes; a claim in it was closed some hours ago."""
    for name, value in fresh_house.values.items():
        if name.startswith("LIPEI_"):
            monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    url = fresh_house.settings.database_url
    with unit_of_work(url) as unit:
        closed_claim(unit.session).state_since = clock.now() - timedelta(hours=3)
        unit.commit()
    yield url
    engine_for(url).dispose()
    get_settings.cache_clear()


def closed_claim(session: Session) -> Claim:
    """The one there is among the demo people."""
    return session.scalars(select(Claim).where(Claim.state == ClaimState.CLOSED)).one()


def call_back(url: str, channel: str) -> None:
    """Outreach does its round, as its own process would."""
    with unit_of_work(url) as unit:
        # The gateway says so once a minute; a database that was set back has forgotten it.
        channel_states.say(unit.session, {channel: True})
        customer(unit.session).preferred_channel = channel
        unit.commit()
    engine = Engine({"survey": purposes()["survey"]}, "w1", url)
    assert (engine.plan(), engine.work()) == (1, 1)


def customer(session: Session) -> Customer:
    return session.scalars(select(Customer).where(Customer.phone_index == crypto.blind_index(PHONE))).one()


def taken_call(house: Stack, providers: Providers, url: str) -> PhoneCall:
    """The phone rings, and is taken."""
    providers.calls.placed.clear()
    call_back(url, "voice")
    eventually(lambda: providers.calls.placed)
    call = providers.calls.placed[0].take(Line(house.chat_url, house.chat_url, providers.twilio))
    assert "总体满意吗" in "".join(call.start())
    return call


def voice(house: Stack, providers: Providers, url: str) -> Say:
    call = taken_call(house, providers, url)

    def say(words: str, answer: str) -> None:
        heard = "".join(call.say(words))
        assert answer in heard, heard

    return say


def sms(house: Stack, providers: Providers, url: str) -> Say:
    person = on_sms(house, providers, PHONE)
    call_back(url, "sms")
    person.hears("总体满意吗")
    return written(person)


def wechat(house: Stack, providers: Providers, url: str) -> Say:
    """They wrote some hours ago, and proved who they are."""
    person = on_wechat(house, providers, OPENID)
    person.write("你好")
    person.hears("理赔")
    with unit_of_work(url) as unit:
        talk = conversations.by_address(unit.session, "wechat", OPENID)
        assert talk is not None
        talk.bound_customer_id, talk.last_inbound_at = customer(unit.session).id, clock.now() - timedelta(hours=2)
        unit.session.execute(update(Message).values(created_at=talk.last_inbound_at))
        unit.commit()
    call_back(url, "wechat")
    person.hears("总体满意吗")
    return written(person)


def written(person: Person) -> Say:
    def say(words: str, answer: str) -> None:
        person.write(words)
        person.hears(answer)

    return say


@pytest.mark.parametrize("channel", [voice, sms, wechat], ids=lambda channel: channel.__name__)
def test_the_same_answers_are_stored(
    channel: Callable[[Stack, Providers, str], Say], fresh_house: Stack, providers: Providers, database_url: str
) -> None:
    say = channel(fresh_house, providers, database_url)
    say("还行吧", "您给几分")
    say("你是真人吗", "总体满意吗")
    say("打两分吧", "抱歉")
    say("你们处理太慢了", "具体情况")
    say("没有了", "四十八小时" if channel is voice else "48小时")
    check(database_url)


def test_the_same_answers_by_keys(fresh_house: Stack, providers: Providers, database_url: str) -> None:
    call = taken_call(fresh_house, providers, database_url)
    for keys, answer in (("2", "抱歉"), ("1", "具体情况"), ("1", "四十八小时")):
        heard = "".join(call.press(keys))
        assert answer in heard, heard
    check(database_url)


def test_the_same_answers_by_the_link(fresh_house: Stack, providers: Providers, database_url: str) -> None:
    person = on_sms(fresh_house, providers, PHONE)
    call_back(database_url, "sms")
    link = re.search(rf"{fresh_house.chat_url}/s/\w+", person.hears("总体满意吗"))
    assert link is not None
    with httpx.Client(trust_env=False, timeout=20, follow_redirects=True) as http:
        for question, value in (("overall", "2"), ("reason", "speed"), ("problem", "")):
            page = http.post(link[0], data={"step": "next", "question": question, "value": value, "text": ""})
    assert "48小时" in page.text
    check(database_url)


def test_who_wants_no_more_calls_is_not_asked_again(
    fresh_house: Stack, providers: Providers, database_url: str
) -> None:
    say = voice(fresh_house, providers, database_url)
    say("别再打了", "立即生效")
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.scalars(select(SurveyRun)).one().state is SurveyState.DECLINED
        assert contacts.opted_out(unit.session, address=PHONE, channel="sms")
