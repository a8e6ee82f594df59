"""Whole calls through the real gateway, with a stand-in for Twilio at one end and for the engine at the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from channels.voice.setup import CallWebhook
from claims import conversations, outbox
from claims.database import unit_of_work
from claims.handover import callbacks, ownership, presence
from claims.handover.escalate import escalate
from claims.models import Handover, StaffAccount
from claims.vocabulary import CallbackState, HandoverReason, HandoverState, Presence, Role
from standins.voice.call import PhoneCall
from standins.voice.customer import Caller
from standins.voice.line import Line
from tests.channels.support import FakeEngine, eventually
from tests.channels.voice.conftest import AGENT, CALLER, PUBLIC_URL

Json = dict[str, Any]
Ring = Callable[..., PhoneCall]
CLAIM_NO = "C202611220000015"
MATERIALS = "案件需要的全部材料一次告诉您：\n1. 身份证\n2. 行驶证\n3. 驾驶证\n可以打开网页客服拍照上传。"


def asking(url: str, text: str, awaiting: str | None, *titles: str) -> Callable[[Json], list[Json]]:
    """An engine that asks this, whatever it is told; in the database, too, as the real one does."""
    buttons = [{"title": title, "payload": f'/inform{{"choose": "{title}"}}'} for title in titles]

    def reply(turn: Json) -> list[Json]:
        with unit_of_work(url) as unit:
            conversations.set_awaiting(conversations.get(unit.session, turn["conversation"]), awaiting)
            unit.commit()
        return [{"text": text, "buttons": buttons, "awaiting": awaiting}]

    return reply


def texted(url: str) -> list[tuple[str, str]]:
    """(purpose, text) of the text messages that were stored, oldest first."""
    with unit_of_work(url, read_only=True) as unit:
        return [(each.purpose, each.text) for each in outbox.listing(unit.session) if each.channel == "sms"][::-1]


def promised(url: str) -> list[str | None]:
    """Phones of the callbacks that are open."""
    with unit_of_work(url, read_only=True) as unit:
        return [each.phone for each in callbacks.listing(unit.session, state=CallbackState.OPEN)]


def test_the_greeting_names_what_can_be_done_and_its_keys(caller: Caller, engine: FakeEngine) -> None:
    heard = caller.dial()
    assert "请先挂机拨打幺二零" in heard
    assert "报案请按一，查进度请按二" in heard
    assert "转人工请按零" in heard
    gather = caller.call.listening
    assert gather is not None
    assert (gather.values["input"], gather.values["language"]) == ("speech dtmf", "cmn-Hans-CN")
    assert (gather.values["speechTimeout"], gather.values["actionOnEmptyResult"]) == ("auto", "true")
    assert "转人工" in gather.values["hints"].split(",")
    caller.press("1")
    assert (engine.turns[-1]["text"], engine.turns[-1]["payload"]) == ("/report_claim", True)
    assert engine.turns[-1]["channel"] == "voice"


def test_speech_reaches_the_engine_and_its_answer_is_said_in_words(caller: Caller, engine: FakeEngine) -> None:
    engine.reply = lambda _: [{"text": f"报案成功！您的案件号是 {CLAIM_NO}。😊", "buttons": [], "awaiting": None}]
    caller.dial()
    assert caller.say("我的车被追尾了") == "报案成功。您的案件号是C，二零二六，幺幺二二，零零零零，零幺五。"
    assert engine.texts == ["我的车被追尾了"]


def test_yes_and_no_by_keys_and_choices_by_number(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    caller.dial()
    engine.reply = asking(database_url, "是哪一种情况？", "cause", "追尾", "剐蹭", "玻璃破碎")
    assert "追尾请按一，剐蹭请按二，玻璃破碎请按三" in caller.say("车坏了")
    engine.reply = asking(database_url, "报警了吗？", "police_reported", "已报警", "没报警")
    caller.press("2")
    assert engine.turns[-1]["text"] == '/inform{"choose": "剐蹭"}'
    caller.press("1")
    assert engine.turns[-1]["text"] == '/inform{"choose": "已报警"}'
    engine.reply = asking(database_url, "对吗？", "confirm")
    caller.say("报了")
    caller.press("2")
    assert engine.turns[-1]["text"] == "否"


def test_numbers_by_keys_end_with_the_hash(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    caller.dial()
    for asked, keys, said in [
        ("contact_phone", "13800138001#", "13800138001"),
        ("loss_estimate", "3000#", "3000元"),
        ("incident_time", "11031430#", "11月3日14点30分"),
        ("code", "123456#", "123456"),
    ]:
        engine.reply = asking(database_url, "请说。", asked)
        caller.say("好的")
        caller.press(keys)
        assert engine.texts[-1] == said


def test_a_person_by_key_zero(with_agents: None, ring: Ring, engine: FakeEngine, database_url: str) -> None:
    engine.held = True  # a person is put through to though the engine answers nothing
    call = ring()
    heard = call.press("0")
    assert call.dialled == [AGENT]
    assert "正在为您转接人工" in heard[0]
    assert call.ended
    engine.held = False
    eventually(lambda: engine.turns[-1]["text"] == "/request_human")


def test_nobody_takes_the_call_so_a_callback_is_recorded(
    with_agents: None, line: Line, ring: Ring, engine: FakeEngine, database_url: str
) -> None:
    line.dial = "no-answer"
    call = ring()
    assert "已为您登记回电" in "".join(call.press("0"))
    assert len(promised(database_url)) == 1
    assert not call.ended
    call.say("那先报案吧")
    assert engine.texts[-1] == "那先报案吧"


def test_without_agents_a_callback_is_recorded_and_said(ring: Ring, database_url: str) -> None:
    call = ring()
    assert "已为您登记人工回电" in call.press("0")[0]
    assert len(promised(database_url)) == 1
    assert call.dialled == []


def test_a_caller_without_a_number_is_promised_no_callback(ring: Ring, database_url: str) -> None:
    call = ring("+266696687")
    assert "没有显示号码" in call.press("0")[0]
    assert texted(database_url) == []


def test_two_callers_without_a_number_share_nothing(ring: Ring, engine: FakeEngine) -> None:
    for _ in range(2):
        ring("+266696687").say("我要报案")
    assert len({turn["conversation"] for turn in engine.turns}) == 2


def test_who_asks_for_a_person_in_words_is_put_through(
    with_agents: None, ring: Ring, engine: FakeEngine, database_url: str
) -> None:
    def reply(turn: Json) -> list[Json]:
        with unit_of_work(database_url) as unit:
            conversation = conversations.get(unit.session, turn["conversation"])
            escalate(unit.session, conversation, HandoverReason.ASKED, message_id=int(turn["message_id"]))
            unit.commit()
        return [{"text": "已登记，工作人员会在这里联系您。", "buttons": [], "awaiting": None}]

    engine.reply = reply
    call = ring()
    assert call.say("我要找真人")[0].startswith("好的，正在为您转接人工")
    assert call.dialled == [AGENT]
    assert promised(database_url) == []


def test_the_star_says_it_again(caller: Caller, engine: FakeEngine) -> None:
    caller.dial()
    first = caller.say("我要报案")
    assert first in caller.press("*")
    assert len(engine.turns) == 1


def test_a_key_without_a_meaning_is_told_which_have_one(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    caller.dial()
    engine.reply = asking(database_url, "报警了吗？", "police_reported", "已报警", "没报警")
    assert caller.say("撞了") == "报警了吗？"
    heard = caller.press("7")
    assert heard.startswith("这个按键在这里没有用。报警了吗？")
    assert "已报警请按一，没报警请按二" in heard


def test_silence_repeats_then_offers_keys_then_says_good_bye_with_a_link(
    ring: Ring, engine: FakeEngine, database_url: str
) -> None:
    call = ring()
    engine.reply = asking(database_url, "报警了吗？", "police_reported", "已报警", "没报警")
    call.say("撞了")
    assert call.keep_silent() == ["没有听到您的声音。报警了吗？"]
    assert "已报警请按一" in call.keep_silent()[0]
    assert "再见" in call.keep_silent()[0]
    assert call.ended
    (purpose, text) = texted(database_url)[0]
    assert (purpose, PUBLIC_URL in text) == ("voice_follow_up", True)


def test_not_understood_again_and_again_offers_keys_and_then_a_person(
    with_agents: None, ring: Ring, engine: FakeEngine, database_url: str
) -> None:
    call = ring()
    engine.reply = asking(database_url, "报警了吗？", "police_reported", "已报警", "没报警")
    call.say("撞了")
    engine.reply = asking(database_url, "请回复“报了”或“没报”。", "police_reported", "已报警", "没报警")
    assert call.say("嗯那个") == ["请说报了或没报。"]
    assert "已报警请按一" in call.say("什么那个")[0]
    call.say("就是那个")
    assert call.dialled == [AGENT]


def test_the_next_call_goes_on_where_the_last_broke_off(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    caller.dial()
    engine.reply = asking(database_url, "在哪里发生的？", "location")
    caller.say("昨天下午追尾了")
    for _ in range(2):
        heard = caller.dial()
        assert heard == "您好，又见面了。刚才说到出险地点，我们接着来。在哪里发生的？"
    caller.say("朝阳路")
    assert engine.turns[-1]["conversation"] == engine.turns[0]["conversation"]
    assert engine.turns[-1]["awaiting"] == "location"


def test_a_list_of_materials_goes_by_text_message(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    engine.reply = lambda _: [{"text": MATERIALS, "buttons": [], "awaiting": None}]
    caller.dial()
    assert caller.say("要什么材料") == "材料清单一共三项，已发到您的短信。"
    caller.press("*")
    assert texted(database_url) == [("materials", MATERIALS)]


def test_while_the_engine_is_slow_the_line_is_held_and_the_answer_follows(
    ring: Ring, line: Line, engine: FakeEngine
) -> None:
    engine.held = True
    line.between = lambda: setattr(engine, "held", False)
    line.again = 1  # the engine wakes up between a request and Twilio's next try of it
    call = ring()
    engine.held = True
    heard = call.say("我要报案")
    assert heard[0] == "好的，您说的已经收到，正在处理，请稍等。如果有人受伤，请先挂机拨打幺二零。"
    assert heard[-1].startswith("收到：我要报案")
    assert engine.texts == ["我要报案"]
    assert all(first == again for first, again in line.answers)


def test_a_caller_is_not_held_for_ever(
    monkeypatch: pytest.MonkeyPatch, ring: Ring, engine: FakeEngine, database_url: str
) -> None:
    monkeypatch.setattr(CallWebhook, "answer_seconds", 0.05)
    call = ring()
    engine.held = True
    call.say("我要报案")
    assert [text for text in call.heard if "还在处理" in text] == ["还在处理，请再等一下。"] * 2
    assert "您说的都已经保存" in call.heard[-1]
    assert call.ended
    assert [purpose for purpose, _ in texted(database_url)] == ["voice_follow_up"]
    engine.held = False
    eventually(lambda: engine.texts == ["我要报案"])


def test_the_line_is_held_before_four_seconds_are_over() -> None:
    assert 0 < CallWebhook.answer_seconds <= 3.0


def test_every_request_sent_again_gets_the_same_twiml(line: Line, ring: Ring, engine: FakeEngine) -> None:
    line.again = 2
    call = ring()
    call.say("我要报案")
    call.press("1")
    call.press("*")
    call.keep_silent()
    call.press("0")
    assert all(len(set(bodies)) == 1 for bodies in line.answers)
    assert len(line.answers) == 6
    assert [turn["text"] for turn in engine.turns[:2]] == ["我要报案", "/affirm"]
    eventually(lambda: len(engine.turns) == 3)


def test_the_called_number_chooses_the_language(monkeypatch: Any, request: Any) -> None:
    monkeypatch.setenv("LIPEI_VOICE_LANGUAGES", "+862012345678=yue-Hant-HK")
    caller: Caller = request.getfixturevalue("caller")
    heard = caller.dial()
    assert caller.call.listening is not None
    assert caller.call.listening.values["language"] == "yue-Hant-HK"
    assert "這裡是理賠熱線" in heard


def test_nothing_that_is_said_holds_a_figure_or_a_sign(caller: Caller, engine: FakeEngine) -> None:
    engine.reply = lambda _: [
        {"text": "① 请打 95500 或看 https://a.example.com 👍\n2. 金额 ¥1,200.00", "buttons": [], "awaiting": None}
    ]
    caller.dial()
    caller.say("你好")
    assert not re.search(r"[0-9¥①👍:/]", caller.said)


def test_a_caller_is_one_customer_of_the_house(caller: Caller, database_url: str) -> None:
    caller.dial()
    with unit_of_work(database_url, read_only=True) as unit:
        found = conversations.by_address(unit.session, "voice", CALLER)
        assert found is not None
        assert (found.pushed, found.button_limit) == (False, 0)


def test_an_agent_who_takes_the_talk_over_gets_the_call(
    ring: Ring, engine: FakeEngine, database_url: str, line: Line
) -> None:
    call = ring()
    call.say("我要报案")
    with unit_of_work(database_url) as unit:
        agent = StaffAccount(login="agent01", name="王敏", role=Role.AGENT)
        unit.session.add(agent)
        unit.session.flush()
        presence.announce(unit.session, agent, Presence.ONLINE, phone="+8613900000001")
        ownership.take(unit.session, engine.turns[-1]["conversation"], agent)
        unit.commit()
    call.say("喂")
    assert call.dialled == ["+8613900000001"]
    with unit_of_work(database_url, read_only=True) as unit:
        handovers = list(unit.session.scalars(select(Handover)))
        assert [each.state for each in handovers] == [HandoverState.HANDED_BACK]
