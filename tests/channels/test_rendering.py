"""Messages in the shape that a channel can show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import Outbound
from channels.rendering import Limits, render, split, utf8_bytes, utf16_units

BUTTONS = [("确认", "b_1"), ("修改", "b_2"), ("取消", "b_3")]


def message(text: str = "请确认", awaiting: str | None = "confirm", script: str = "hans") -> Outbound:
    return Outbound("a", text, "reply", "message:1", BUTTONS, awaiting, script)


def texts(message: Outbound, limits: Limits) -> list[str]:
    return [part.text for part in render(message, limits)]


def test_buttons_stay_where_the_channel_shows_that_many() -> None:
    for shown in (None, 3):
        (part,) = render(message(), Limits(buttons=shown))
        assert (part.text, part.buttons) == ("请确认", BUTTONS)


def test_otherwise_they_are_written_out_with_numbers() -> None:
    (part,) = render(message(), Limits(buttons=2))
    assert part.text == "请确认\n请回复数字选择：\n1. 确认\n2. 修改\n3. 取消"
    assert part.buttons == []


def test_what_is_added_is_in_the_customers_script() -> None:
    assert "請回覆數字選擇" in texts(message(script="hant"), Limits())[0]


@pytest.mark.parametrize("awaiting", ["injured_count", "loss_estimate", "rating", "code", "contact_phone"])
def test_where_a_number_is_a_value_there_are_none(awaiting: str) -> None:
    assert texts(message(awaiting=awaiting), Limits()) == ["请确认\n也可以回复：确认、修改、取消"]


def test_a_long_text_is_split_and_the_last_part_has_the_buttons() -> None:
    parts = render(message("一" * 25), Limits(size=10, buttons=None))
    assert [len(part.text) for part in parts] == [10, 10, 5]
    assert [part.buttons for part in parts] == [[], [], BUTTONS]
    assert [part.dedupe_key for part in parts] == ["message:1/1", "message:1/2", "message:1/3"]


def test_a_cut_is_made_between_lines_before_sentences_before_clauses() -> None:
    assert split("第一行。\n第二行，很长。", 9) == ["第一行。", "第二行，很长。"]
    assert split("一二三。四五六，七八", 8) == ["一二三。", "四五六，七八"]
    assert split("一二三，四五六七八", 7) == ["一二三，", "四五六七八"]


@given(st.text(min_size=1), st.integers(4, 50), st.sampled_from([len, utf8_bytes, utf16_units]))
def test_every_part_fits_and_nothing_is_lost(text: str, size: int, unit) -> None:
    parts = split(text, size, unit)
    assert all(unit(part) <= size for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
