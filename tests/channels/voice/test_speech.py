"""Replies in words: what is read digit by digit, what as a quantity, and what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from channels.base import Outbound
from channels.voice.numerals import quantity
from channels.voice.prompts import prompt
from channels.voice.speech import SAY_LIMIT, pieces, spoken
from channels.voice.tongues import TONGUES, tongue

MAINLAND = TONGUES["cmn-Hans-CN"]

SPOKEN = [
    ("案件号 C202611220000015", "案件号C，二零二六，幺幺二二，零零零零，零幺五"),
    ("联系电话：13800138001", "联系电话：幺三八，零零幺三，八零零幺"),
    ("车牌 京A12345 已核对", "车牌京A，幺二三四五，已核对"),
    ("尾号 8001 的手机", "尾号八零零幺的手机"),
    ("约3,500元", "约三千五百元"),
    ("¥1,234.50", "一千二百三十四元五角"),
    ("损失 1.2 万元", "损失一点二万元"),
    ("2 元", "两元"),
    ("11月3日 14:30", "十一月三日下午两点半"),
    ("2026-12-31 之前", "二零二六年十二月三十一日之前"),
    ("今天 00:05", "今天凌晨零点零五分"),
    ("拨打 120、119 或 122", "拨打幺二零、幺幺九或幺二二"),
    ("120 元", "一百二十元"),
    ("车后 50–100 米", "车后五十到一百米"),
    ("责任 70%", "责任百分之七十"),
    ("72 小时内、2 个工作日", "七十二小时内、两个工作日"),
    ("没问题就回复“确认”", "没问题就请说确认"),
    ("处理好会回复您", "处理好会回复您"),
    ("好的👍✅！**收到**", "好的。收到"),
    ("请看 https://lipei.example.com/a?b=1 办理", "请看办理"),
    ("1. 身份证\n2. 行驶证", "第一，身份证。第二，行驶证"),
    ("① 报案（车险、医疗）；② 查进度", "第一，报案，车险、医疗；第二，查进度"),
]


@pytest.mark.parametrize(("text", "said"), SPOKEN)
def test_as_a_person_says_it(text: str, said: str) -> None:
    assert spoken(text, MAINLAND) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [("0", "零"), ("10", "十"), ("105", "一百零五"), ("2500", "两千五百"), ("10005", "一万零五"), ("200000", "二十万")],
)
def test_quantities(value: str, said: str) -> None:
    assert quantity(value) == said


def test_taiwan_and_hong_kong_hear_their_own_script_and_one() -> None:
    assert spoken("车牌 粤AD12345 已收到", TONGUES["yue-Hant-HK"]) == "車牌粵A，D一二三四五，已收到"
    assert spoken("電話 13800138001", TONGUES["cmn-Hant-TW"]) == "電話一三八，零零一三，八零零一"


def test_whose_language_it_is() -> None:
    assert tongue("cmn-Hans-CN", None, "hans").heard == "cmn-Hans-CN"
    assert tongue("cmn-Hans-CN", None, "hant").heard == "cmn-Hant-TW"
    assert tongue("yue-Hant-HK", None, "hant").heard == "yue-Hant-HK"
    assert tongue("cmn-Hans-CN", "yue-Hant-HK", "hans").heard == "yue-Hant-HK"
    assert tongue("cmn-Hans-CN", None, "hans", "Google.cmn-CN-Wavenet-A").voice == "Google.cmn-CN-Wavenet-A"


def replies_on_the_phone() -> list[str]:
    """Every response of the domain, as a caller gets it: the variant for calls where there is one."""
    responses = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["responses"]
    return [
        next((each["text"] for each in variants if each.get("channel") == "voice"), variants[0]["text"])
        for variants in responses.values()
    ]


def test_no_reply_of_the_house_leaves_a_figure_or_sign_behind() -> None:
    for text in replies_on_the_phone():
        said = spoken(text, MAINLAND)
        assert not set(said) & set("0123456789“”（）/①②③④⑤*#"), said


def test_no_reply_of_the_house_asks_for_what_a_phone_cannot_do() -> None:
    for text in replies_on_the_phone():
        assert not re.search("输入框|请点|拍照发给我|在这里拍照|发文件给我|在这里联系", text), text


def test_a_long_text_is_said_in_pieces_that_fit() -> None:
    text = "这是一句话。" * 1_200
    parts = pieces(text)
    assert all(len(part) <= SAY_LIMIT for part in parts)
    assert "".join(parts) == text


def test_a_list_is_read_where_no_text_message_arrives_and_a_summary_always() -> None:
    materials = Outbound("+86", "材料：\n1. 甲\n2. 乙\n3. 丙", "reply", "k")
    assert "第三，丙" in prompt([materials], MAINLAND, keys=False, sent=False).text
    assert prompt([materials], MAINLAND, keys=False, sent=True).text == "材料清单一共三项，已发到您的短信。"
    summary = Outbound("+86", "请核对材料：\n1. 甲\n2. 乙\n3. 丙", "reply", "k", awaiting="confirm")
    assert "第三，丙" in prompt([summary], MAINLAND, keys=False, sent=True).text
