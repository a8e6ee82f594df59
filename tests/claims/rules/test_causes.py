"""Names of lines and causes, and how they belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules import causes
from claims.vocabulary import Cause, Line


def test_names_are_chinese_and_told_apart() -> None:
    assert causes.line_name(Line.AUTO) == "车险"
    assert causes.cause_name(Cause.GLASS) == "玻璃单独破碎"
    assert causes.cause_name(Cause.THEFT, Line.AUTO) == "车辆被盗抢"
    assert causes.cause_name(Cause.THEFT, Line.PROPERTY) == "财物被盗抢"
    for line in Line:
        names = [causes.cause_name(cause, line) for cause in causes.possible_causes(line)]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("cause", "lines"),
    [
        (Cause.GLASS, [Line.AUTO]),
        (Cause.COLLISION_MULTI, [Line.AUTO]),
        (Cause.HOSPITALISATION, [Line.HEALTH]),
        (Cause.CRITICAL_ILLNESS, [Line.HEALTH]),
        (Cause.FIRE, [Line.PROPERTY, Line.AUTO, Line.LIABILITY]),
        (Cause.INJURY, [Line.ACCIDENT, Line.HEALTH, Line.AUTO]),
    ],
)
def test_lines_a_cause_usually_means(cause: Cause, lines: list[Line]) -> None:
    assert causes.candidate_lines(cause) == lines


@given(st.sampled_from(Cause), st.sampled_from(Line))
def test_a_cause_read_for_a_line_is_possible_there(cause: Cause, line: Line) -> None:
    meant = causes.read_for_line(cause, line)
    if line in causes.candidate_lines(cause):
        assert meant is cause
    if meant is not None:
        assert meant in causes.possible_causes(line)
        assert causes.read_for_line(meant, line) is meant


def test_a_crash_is_an_injury_under_an_accident_policy() -> None:
    assert causes.read_for_line(Cause.COLLISION_MULTI, Line.ACCIDENT) is Cause.INJURY
    assert causes.read_for_line(Cause.CRITICAL_ILLNESS, Line.AUTO) is None


@given(st.sampled_from(Cause), st.sampled_from(Cause))
def test_the_same_kind_of_event_is_mutual(one: Cause, other: Cause) -> None:
    assert causes.same_kind_of_event(one, one)
    assert causes.same_kind_of_event(one, other) == causes.same_kind_of_event(other, one)


def test_what_may_be_one_event() -> None:
    assert causes.same_kind_of_event(Cause.COLLISION_MULTI, Cause.THIRD_PARTY_INJURY)
    assert causes.same_kind_of_event(Cause.HOSPITALISATION, Cause.CRITICAL_ILLNESS)
    assert not causes.same_kind_of_event(Cause.GLASS, Cause.COLLISION_MULTI)
    assert not causes.same_kind_of_event(Cause.THEFT, Cause.FLOOD)
