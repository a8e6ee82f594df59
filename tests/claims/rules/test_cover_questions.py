"""What a customer asks about their own policy."""

import pytest

from claims.rules.cover_questions import Aspect, read
from claims.vocabulary import Cause, Line


@pytest.mark.parametrize(
    ("text", "aspect", "cover"),
    [
        ("我这个保险玻璃单独破碎赔吗", Aspect.COVERED, "glass"),
        ("我的医疗险门诊能报吗", Aspect.COVERED, "outpatient"),
        ("我那份意外险猝死管不管", Aspect.COVERED, "sudden_death"),
        ("咱家财险水管爆了给不给赔", Aspect.COVERED, "water_pipes"),
        ("我有没有买划痕险", Aspect.COVERED, "scratch"),
        ("我的車險有保竊盜嗎", Aspect.COVERED, "theft"),
        ("我的保單包含門診嗎", Aspect.COVERED, "outpatient"),
        ("我保单免赔额多少", Aspect.DEDUCTIBLE, None),
        ("我的自負額是幾千", Aspect.DEDUCTIBLE, None),
        ("我的三者险保额多少", Aspect.LIMIT, "third_party"),
        ("我保的三者险是一百万还是两百万", Aspect.LIMIT, "third_party"),
        ("我买的三者险额度够一百万吗", Aspect.LIMIT, "third_party"),
        ("我的意外险住院津贴一天多少钱", Aspect.LIMIT, "daily_allowance"),
        ("我车险哪天到期", Aspect.EXPIRY, None),
        ("我的保險什麼時候到期", Aspect.EXPIRY, None),
        ("我的车险过没过期？", Aspect.EXPIRY, None),
        ("我那份车险现在还有效吗", Aspect.EXPIRY, None),
        ("我的医疗险等待期过了没", Aspect.WAITING_PERIOD, None),
        ("我的车险都保了些什么", Aspect.CONTENTS, None),
    ],
)
def test_questions_on_the_own_policy(text: str, aspect: Aspect, cover: str | None) -> None:
    question = read(text)
    assert question is not None
    assert (question.aspect, question.cover, question.own) == (aspect, cover, True)


@pytest.mark.parametrize(
    "text", ["撞到护栏保险赔不赔", "我撞到护栏了保险赔吗", "三者险保额多少", "门诊能报销吗", "玻璃单独破碎賠嗎"]
)
def test_without_my_policy_it_may_be_a_general_question(text: str) -> None:
    question = read(text)
    assert question is not None
    assert not question.own


@pytest.mark.parametrize(
    "text",
    [
        "三者险买多少保额合适",
        "我的免赔额是什么意思",
        "我的车险到期了怎么续",
        "我的车险酒驾撞了人赔吗",  # the list of covers does not decide this
        "我的车借给别人开撞了，我的保险赔吗",
        "我的医疗险既往症赔吗",
        "昨天我的车被撞了",
        "我的案子赔多少",  # a claim, not a policy
        "我要报案",
        "13800138001",
    ],
)
def test_what_a_list_of_covers_cannot_answer(text: str) -> None:
    assert read(text) is None


def test_a_number_means_the_own_policy() -> None:
    question = read("PH202600000001这份的免赔额是多少", number="PH202600000001")
    assert question is not None
    assert question.own
    assert question.number == "PH202600000001"


def test_a_cause_stands_where_no_cover_is_named() -> None:
    question = read("我的车险撞了护栏赔不赔", line=Line.AUTO, cause=Cause.COLLISION_SINGLE)
    assert question is not None
    assert (question.cover, question.cause, question.answerable) == (None, Cause.COLLISION_SINGLE, True)
    other_line = read("我的责任险漏水泡了楼下赔吗", line=Line.LIABILITY, cause=Cause.THIRD_PARTY_PROPERTY)
    assert other_line is not None
    assert other_line.cover == "water_to_others"
    home = read("我的家财险自燃赔吗", line=Line.PROPERTY, cause=Cause.FIRE)  # 自燃 is a cover of cars only
    assert home is not None
    assert (home.cover, home.cause) == (None, Cause.FIRE)
    named = read("我的车险玻璃碎了赔不赔", line=Line.AUTO, cause=Cause.GLASS)
    assert named is not None
    assert (named.cover, named.cause) == ("glass", None)


def test_is_it_covered_needs_to_say_what() -> None:
    question = read("我这个保险赔吗")
    assert question is not None
    assert not question.answerable


@pytest.mark.parametrize(
    ("text", "heard", "line"),
    [
        ("我的第三人責任險額度多少", Line.LIABILITY, Line.AUTO),  # 责任险 is only the end of its name
        ("我的责任险第三者受伤赔吗", Line.LIABILITY, Line.LIABILITY),
        ("我的车险门诊能报吗", Line.AUTO, Line.AUTO),
    ],
)
def test_the_line_that_is_meant(text: str, heard: Line, line: Line) -> None:
    question = read(text, line=heard)
    assert question is not None
    assert question.line is line
