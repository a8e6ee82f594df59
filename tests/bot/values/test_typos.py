"""Typing and recogniser errors are mended before a sentence is read; what is well written stays."""

import pytest

from bot.values.typos import mend

from .helpers import values


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("在解放路追围了", "在解放路追尾了"),
        ("撞了护蓝", "撞了护栏"),
        ("发漂和珍断证明", "发票和诊断证明"),
        ("联细人李娜", "联系人李娜"),
        ("由泳馆划倒", "游泳馆滑倒"),
    ],
)
def test_a_word_that_sounds_alike_is_mended(said, meant):
    assert mend(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "刚刚两车相撞",
        "问了下物业和楼上的中物业主",
        "要怕堵车先开走了",
        "足额投保",
        "比例赔付是什么意思",
        "南京禄口机场",
        "出院记录",
        "时代广场",
        "对方跑了",
        "砸到腰上了",
        "我在大陆和香港都有车",
    ],
)
def test_what_is_well_written_stays(text):
    assert mend(text) == text


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("就撞了护栏 没别人", "cause", "collision_single"),
        ("就撞了护栏 没别人", "third_party", False),
        ("昨天下午五点把车倒到柱子上了，没人受伤，没别人的事", "cause", "collision_single"),
        ("昨天下午五点把车倒到柱子上了，没人受伤，没别人的事", "third_party", False),
        ("家里进水了，墙皮和地板都泡了", "cause", "flood"),
        ("報咗警，交警嚟過", "police_reported", True),
        ("我妈昨天出车祸走了", "cause", "death"),
        ("两个人受伤，送海淀医院了", "location", "海淀医院"),
        ("看门诊的费用想报一下", "cause", "outpatient"),
        ("損失八千五佰", "amount", 8500),
        ("我的电话0912345678", "phone", "0912345678"),
        ("花了1千5百块", "amount", 1500),
        ("损失约12万元", "amount", 120000),
        ("昨天下午三点在三元桥追尾了，没人受伤", "location", "三元桥"),
        ("我架車著火了！在廣州天河北路，人已經下車", "cause", "fire"),
        ("没碰着别人", "third_party", False),
        ("我昨天不是去接孩子吗大概四点二十的时候追尾了", "incident_time", "2026-11-24T16:20:00+08:00"),
        ("过马路被货车撞的，交警已经处理了", "third_party", True),
        ("出车祸了救命", "injured", True),
        ("地点 望京西园", "location", "望京西园"),
        ("被保险人韩磊意外坠楼身亡", "person_name", "韩磊"),
        ("保单PA2O2600000001", "policy_no", "PA202600000001"),
    ],
)
def test_customers_of_the_trial_are_understood(text, name, value):
    assert values(text)[name] == [value]


def test_what_is_not_known_is_no_count_and_no_sum():
    assert "injured_count" not in values("不知道有没有人受伤，我不在现场")
    assert "amount" not in values("昨天下午三点在三元桥追尾了，没人受伤")
