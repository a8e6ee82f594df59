import datetime as dt

import pytest

from evaluation.expectations import claim_problems, turn_problems
from evaluation.script import Turn
from lipei.client import Answer, BotMessage

# 01:30 on 22 November in Shanghai, still the 21st in UTC.
NOW = dt.datetime(2026, 11, 21, 17, 30, tzinfo=dt.UTC)


def answer(text: str, awaiting: str | None = None, titles: tuple[str, ...] = ()) -> Answer:
    buttons = [{"title": title, "payload": title} for title in titles]
    return Answer([BotMessage(1, "bot", text, buttons, awaiting)], "bot")


def problems(given: Answer, **expected: object) -> list[str]:
    return turn_problems(Turn(say="x", **expected), given, lambda text: text)


def test_every_expected_text_must_occur_and_of_a_list_any() -> None:
    assert problems(answer("报案成功"), expect=["报案", ["失败", "成功"]]) == []
    assert len(problems(answer("报案成功"), expect=["编号", ["失败", "取消"]])) == 2


def test_what_is_not_expected_must_not_occur() -> None:
    assert problems(answer("报案成功"), not_expect=["失败"]) == []
    assert problems(answer("报案成功"), not_expect=["成功"]) == ["did not expect '成功'"]


def test_awaiting_nothing_differs_from_not_saying() -> None:
    assert problems(answer("?", "location")) == []
    assert problems(answer("?", "location"), awaiting="location") == []
    assert len(problems(answer("?", "location"), awaiting=None)) == 1


def test_buttons_are_found_by_part_of_their_title() -> None:
    assert problems(answer("?", None, ("没有人受伤", "有人受伤")), buttons=["没有人"]) == []
    assert len(problems(answer("?", None, ("有",)), buttons=["没有人"])) == 1


@pytest.mark.parametrize(
    ("expected", "found", "equal"),
    [
        ("yesterday 15:00", "2026-11-21T15:00:00+08:00", True),
        ("yesterday 15:00", "2026-11-21T07:00:30+00:00", True),
        ("yesterday 15:00", "2026-11-21T15:01:00+08:00", False),
        ("yesterday 15:00", "2026-11-20T15:00:00+08:00", False),
        ("today", "2026-11-22T00:10:00+08:00", True),
        ("3 days ago 09:30", "2026-11-19T09:30:00+08:00", True),
    ],
)
def test_relative_times_are_those_of_shanghai(expected: str, found: str, equal: bool) -> None:
    assert (claim_problems({"incident_time": expected}, {"incident_time": found}, NOW) == []) is equal


@pytest.mark.parametrize(
    ("name", "expected", "found", "equal"),
    [
        ("loss_estimate", 3500, "3500.00", True),
        ("loss_estimate", 3500, "3500.01", False),
        ("injured_count", 0, 0, True),
        ("injured_count", 0, None, False),
        ("police_reported", False, False, True),
        ("police_reported", False, 0, False),
        ("third_party", None, None, True),
        ("location", "朝阳路", "北京市朝阳路12号", True),
        ("cause", "collision", "collision_multi", False),
    ],
)
def test_facts_are_compared_by_kind(name: str, expected: object, found: object, equal: bool) -> None:
    assert (claim_problems({name: expected}, {"facts": {name: found}}, NOW) == []) is equal


def test_a_fact_that_the_claim_lacks_is_named() -> None:
    assert claim_problems({"cause": "theft"}, {}, NOW) == ["the claim has no cause"]
