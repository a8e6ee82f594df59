"""A whole report by speech, and one by keys, with an engine that asks as the real one does."""

from __future__ import annotations

from typing import Any

from claims import conversations
from claims.database import unit_of_work
from standins.voice.customer import Caller
from tests.channels.support import FakeEngine
from tests.channels.voice.test_talk import texted

Json = dict[str, Any]
QUESTIONS: list[tuple[str, str, list[str]]] = [
    ("line", "您要报的是哪一类保险？", ["车险", "医疗险", "意外险"]),
    ("injured_count", "有人受伤吗？有的话几位？", ["没有人受伤", "1 人受伤", "2 人受伤"]),
    ("incident_time", "事情是什么时候发生的？", []),
    ("location", "在哪里发生的？", ["跳过这一项", "转人工"]),
    ("cause", "是哪一种情况？", ["单方碰撞", "多方碰撞", "剐蹭"]),
    ("police_reported", "报警了吗？", ["已报警", "没报警"]),
    ("loss_estimate", "损失大概多少钱？", []),
    ("description", "请说说事情的经过。", ["跳过这一项", "转人工"]),
    ("policy", "请提供车牌号或保单号。", ["不记得"]),
    ("contact_phone", "请留一个联系手机号。", []),
    ("confirm", "请核对：\n1. 车牌：京A12345\n2. 损失：约3,500元\n3. 电话：13800138001", ["确认提交", "需要修改"]),
]
DONE = [
    {"text": "报案成功！您的案件号是 C202611220000015，请保存好。"},
    {"text": "接下来：\n1. 24 小时内联系您\n2. 72 小时内查勘"},
    {"text": "全部材料一次告诉您：\n1. 身份证\n2. 行驶证\n3. 驾驶证\n4. 事故照片"},
]


class Officer:
    """Asks one question after the other, whatever is answered, and registers at the end."""

    def __init__(self, url: str) -> None:
        self._url, self._asked = url, 0

    def __call__(self, turn: Json) -> list[Json]:
        if self._asked == len(QUESTIONS):
            self._await(turn, None)
            return [{"buttons": [], "awaiting": None, **reply} for reply in DONE]
        awaiting, text, titles = QUESTIONS[self._asked]
        self._asked += 1
        self._await(turn, awaiting)
        buttons = [{"title": title, "payload": f'/inform{{"{awaiting}": "{title}"}}'} for title in titles]
        return [{"text": text, "buttons": buttons, "awaiting": awaiting}]

    def _await(self, turn: Json, awaiting: str | None) -> None:
        with unit_of_work(self._url) as unit:
            conversations.set_awaiting(conversations.get(unit.session, turn["conversation"]), awaiting)
            unit.commit()


def ended_well(caller: Caller, url: str) -> bool:
    """The number was said, the next steps too, the materials sent."""
    heard = "".join(caller.call.heard)
    return (
        "C，二零二六，幺幺二二，零零零零，零幺五" in heard
        and "第一，二十四小时内联系您" in heard
        and "材料清单一共四项，已发到您的短信" in heard
        and "4. 事故照片" in texted(url)[0][1]
    )


def test_by_speech(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    engine.reply = Officer(database_url)
    caller.dial()
    said = [
        "我要报案",
        "车险",
        "没有人受伤",
        "昨天下午三点",
        "北京朝阳路",
        "单方碰撞",
        "报了",
        "三千五",
        "倒车撞了柱子",
    ]
    for text in [*said, "京A12345", "13800138001"]:
        heard = caller.say(text)
    assert "车牌：京A，幺二三四五" in heard
    assert "约三千五百元" in heard
    assert "幺三八，零零幺三，八零零幺" in heard
    caller.say("确认提交")
    assert ended_well(caller, database_url)
    assert [turn["awaiting"] for turn in engine.turns] == [None, *(name for name, _, _ in QUESTIONS)]
    # A title that is said is the button; everything else goes to the engine in the caller's own words.
    assert engine.turns[1]["text"] == '/inform{"line": "车险"}'
    assert engine.turns[3]["text"] == "昨天下午三点"


def test_by_keys(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    engine.reply = Officer(database_url)
    caller.dial()
    pressed = ["1", "1", "1", "11031500#", "1", "1", "1", "3500#", "1", "1", "13800138001#", "1"]
    for keys in pressed:
        assert caller.call.listening is not None
        caller.press(keys)
    assert ended_well(caller, database_url)
    assert [turn["text"] for turn in engine.turns] == [
        "/report_claim",
        '/inform{"line": "车险"}',
        '/inform{"injured_count": "没有人受伤"}',
        "11月3日15点",
        '/inform{"location": "跳过这一项"}',
        '/inform{"cause": "单方碰撞"}',
        '/inform{"police_reported": "已报警"}',
        "3500元",
        '/inform{"description": "跳过这一项"}',
        '/inform{"policy": "不记得"}',
        "13800138001",
        '/inform{"confirm": "确认提交"}',
    ]


def test_who_presses_keys_is_told_them_at_every_question(caller: Caller, engine: FakeEngine, database_url: str) -> None:
    engine.reply = Officer(database_url)
    caller.dial()
    for keys, told in [
        ("1", "车险请按一"),
        ("1", "没有人受伤请按一"),
        ("1", "月、日、时、分各两位"),
        ("1103#", "跳过这一项请按一"),
    ]:
        assert told in caller.press(keys)
    assert "转人工请按零，重听请按星号" in caller.press("1")
