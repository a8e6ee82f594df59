"""What the words of an answer mean: scores, choices, nothing, and no wish to go on."""

from __future__ import annotations

import pytest

from claims.surveys import Declined, Given, Vague, read, surveys
from claims.surveys.definition import NOTHING

SCORE, REASON, PROBLEM = (surveys()["regular"].question(key) for key in ("overall", "reason", "problem"))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", "5"),
        ("五分", "5"),
        ("给个四分吧", "4"),
        ("嗯 3分", "3"),
        ("打两分", "2"),
        ("非常满意", "5"),
        ("满意", "4"),
        ("一般吧", "3"),
        ("不满意", "2"),
        ("很不满意", "1"),
        ("非常滿意", "5"),
        ("满分", "5"),
    ],
)
def test_a_score_however_it_is_put(text: str, score: str) -> None:
    assert SCORE is not None
    assert read(SCORE, text, {}) == Given(score)


@pytest.mark.parametrize("text", ["还行吧", "凑合", "四五分吧", "我等了3天", "不错", "别提了", ""])
def test_no_score_is_guessed_from_a_feeling(text: str) -> None:
    assert SCORE is not None
    if "3" not in text:
        assert read(SCORE, text, {"rating": [3]}) == Vague(), "the engine reads a number into words such as these"
    assert read(SCORE, text, {}) == Vague()


@pytest.mark.parametrize(
    ("text", "values", "key"),
    [
        ("处理太慢", {}, "speed"),
        ("等得太久了", {}, "speed"),
        ("钱给少了", {}, "amount"),
        ("第二个", {"choice": [2]}, "amount"),
        ("最后一个", {"choice": [-1]}, "other"),
        ("服务态度", {}, "attitude"),
        ("他们家的狗太吵", {}, "other"),
        ("任意", {"choose": ["materials"]}, "materials"),
    ],
)
def test_a_choice_by_name_number_or_meaning(text: str, values: dict[str, list[object]], key: str) -> None:
    assert REASON is not None
    found = read(REASON, text, values)
    assert isinstance(found, Given)
    assert found.value == key


@pytest.mark.parametrize("text", ["没有", "没了", "没什么意见", "不用，谢谢", "跳过"])
def test_nothing_to_say_is_an_answer(text: str) -> None:
    assert PROBLEM is not None
    assert read(PROBLEM, text, {}) == Given(NOTHING)


def test_free_words_are_kept_as_they_are() -> None:
    assert PROBLEM is not None
    assert read(PROBLEM, " 等了一個月，沒人管 ", {}) == Given(None, "等了一個月，沒人管")


@pytest.mark.parametrize(
    ("text", "later"), [("在开车呢", True), ("没空", True), ("不想评价", False), ("我不参加", False)]
)
def test_who_does_not_want_to_is_let_go(text: str, later: bool) -> None:
    for question in (SCORE, REASON, PROBLEM):
        assert question is not None
        assert read(question, text, {}) == Declined(later)
