"""Segments, numbers and the words that stop or start."""

from __future__ import annotations

import pytest

from channels.base import AddressGone, Outbound
from channels.gateway.optout import wish
from channels.rendering import render
from channels.sms import words
from channels.sms.numbers import e164
from channels.sms.segments import LIMITS, segments


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("`" + "a" * 70, 2),
        ("中" * 70, 1),
        ("中" * 71, 2),
        ("中" * 134, 2),
        ("中" * 135, 3),
        ("🚗" * 35, 1),
        ("🚗" * 36, 2),
    ],
)
def test_segments(text: str, needed: int) -> None:
    assert segments(text) == needed


def test_a_long_reply_is_split_at_a_sentence_and_every_part_is_ten_messages_at_most() -> None:
    text = "需要的材料在这里一次说清楚，请您按顺序拍照发来。" * 60
    parts = [part.text for part in render(Outbound("13800138001", text, "reply", "message:1"), LIMITS)]
    assert "".join(parts) == text
    assert len(parts) == 3 and all(segments(part) <= 10 and part.endswith("。") for part in parts)


def test_choices_are_numbered() -> None:
    message = Outbound(
        "13800138001", "确认提交吗？", "reply", "m", [("确认提交", "b_1"), ("需要修改", "b_2")], "confirm"
    )
    (part,) = render(message, LIMITS)
    assert part.text.endswith("1. 确认提交\n2. 需要修改") and part.buttons == []


@pytest.mark.parametrize(
    "said",
    ["STOP", "stop.", "StopAll", "UNSUBSCRIBE", "Cancel", "END", "quit", "T", "ｔ", "TD", "td！", "退订", "退訂",
     " 退订。", "TD退订", "T退订", "回T", "回TD退订", "回复 TD"],
)  # fmt: skip
def test_words_that_stop(said: str) -> None:
    assert wish(said, words.STOP, words.START) == "out"


@pytest.mark.parametrize("said", ["START", "unstop", "订阅", "訂閱", "恢复", "恢复订阅", "重新订阅"])
def test_words_that_start(said: str) -> None:
    assert wish(said, words.STOP, words.START) == "in"


@pytest.mark.parametrize(
    "said",
    ["N", "n", "YES", "取消", "不要了", "T恤", "TD01", "退订流程是什么", "怎么退订？我要退订", "stop it", "结束", ""],
)
def test_words_that_do_neither(said: str) -> None:
    assert wish(said, words.STOP, words.START) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800138001", "+8613800138001"),
        ("+86 138-0013-8001", "+8613800138001"),
        ("008613800138001", "+8613800138001"),
        ("+85261234567", "+85261234567"),
        ("0085261234567", "+85261234567"),
        ("+886912345678", "+886912345678"),
    ],
)
def test_numbers_as_providers_write_them(written: str, number: str) -> None:
    assert e164(written) == number


@pytest.mark.parametrize("written", ["", "12345", "lipei", "+0123456789", "张伟"])
def test_what_is_no_number(written: str) -> None:
    with pytest.raises(AddressGone):
        e164(written)
