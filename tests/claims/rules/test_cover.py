"""Whether a policy covers a loss, to the instant."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claims.clock import SHANGHAI
from claims.rules import cover, plans
from claims.rules.cover import CoverProblem
from claims.vocabulary import Cause, Line

START = datetime(2026, 1, 1, tzinfo=SHANGHAI)
END = datetime(2026, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class StoredPolicy:
    """The attributes of a policy row."""

    line: Any = "health"
    number: str = "PH202600000001"
    starts_at: datetime = START
    ends_at: datetime = END
    waiting_days: int = 30
    plan: list[dict[str, Any]] = field(default_factory=lambda: plans.plan(Line.HEALTH))


HEALTH = cover.terms(StoredPolicy())
AUTO = cover.terms(StoredPolicy(line=Line.AUTO, number="PA202600000001", waiting_days=0, plan=plans.plan(Line.AUTO)))


def test_terms_of_a_stored_policy() -> None:
    assert HEALTH.line is Line.HEALTH
    assert HEALTH.items[0].name == "一般住院医疗保险金"
    assert str(HEALTH.items[0].deductible) == "10000.00"


def test_a_policy_with_a_broken_plan_is_refused() -> None:
    with pytest.raises(ValidationError, match="limit"):
        cover.terms(StoredPolicy(plan=[{"name": "住院", "causes": ["hospitalisation"], "limit": "many"}]))


def test_keys_of_a_plan_that_we_do_not_read_are_left_alone() -> None:
    item = {"name": "住院", "causes": ["hospitalisation"], "limit": "1.00", "share": "0.8"}
    assert cover.terms(StoredPolicy(plan=[item])).items[0].limit == 1


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        (START - SECOND, CoverProblem.NOT_YET_IN_FORCE),
        (START, None),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), None),  # the first instant, told in UTC
        (NOW, None),
    ],
)
def test_the_first_instant_in_force(when: datetime, problem: CoverProblem | None) -> None:
    assert cover.check(AUTO, Line.AUTO, Cause.GLASS, when, NOW) is problem


@pytest.mark.parametrize(("when", "problem"), [(END, None), (END + SECOND, CoverProblem.EXPIRED)])
def test_the_last_instant_in_force(when: datetime, problem: CoverProblem | None) -> None:
    assert cover.check(AUTO, Line.AUTO, Cause.GLASS, when, END + timedelta(days=5)) is problem


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        (NOW + cover.FUTURE_TOLERANCE, None),
        (NOW + cover.FUTURE_TOLERANCE + SECOND, CoverProblem.FUTURE_DATE),
        (END + timedelta(days=1), CoverProblem.FUTURE_DATE),
    ],
)
def test_a_loss_in_the_future(when: datetime, problem: CoverProblem | None) -> None:
    assert cover.check(AUTO, Line.AUTO, Cause.GLASS, when, NOW) is problem


@pytest.mark.parametrize("cause", [Cause.HOSPITALISATION, Cause.OUTPATIENT, Cause.CRITICAL_ILLNESS])
def test_an_illness_in_the_waiting_period(cause: Cause) -> None:
    last = START + timedelta(days=30) - SECOND
    assert cover.check(HEALTH, Line.HEALTH, cause, last, NOW) is CoverProblem.WAITING_PERIOD
    assert cover.check(HEALTH, Line.HEALTH, cause, last + SECOND, NOW) is None
    assert cover.waiting_until(HEALTH) == last + SECOND


def test_an_accident_has_no_waiting_period() -> None:
    assert cover.check(HEALTH, Line.HEALTH, Cause.INJURY, START, NOW) is None


def test_hospital_after_an_accident_has_no_waiting_period_under_an_accident_policy() -> None:
    policy = cover.terms(StoredPolicy(line=Line.ACCIDENT, plan=plans.plan(Line.ACCIDENT)))
    assert cover.check(policy, Line.ACCIDENT, Cause.HOSPITALISATION, START, NOW) is None


def test_another_line() -> None:
    assert cover.check(AUTO, Line.HEALTH, Cause.OUTPATIENT, NOW, NOW) is CoverProblem.WRONG_LINE


def test_a_cause_outside_the_plan() -> None:
    basic = cover.terms(StoredPolicy(line=Line.AUTO, waiting_days=0, plan=plans.plan(Line.AUTO, "basic")))
    assert cover.check(basic, Line.AUTO, Cause.GLASS, NOW, NOW) is CoverProblem.CAUSE_NOT_COVERED
    assert cover.check(basic, Line.AUTO, Cause.COLLISION_MULTI, NOW, NOW) is None
    assert cover.check(replace(basic, items=()), Line.AUTO, Cause.COLLISION_MULTI, NOW, NOW) is not None


def test_what_is_not_known_is_not_judged() -> None:
    assert cover.check(HEALTH, None, None, None, NOW) is None
    assert cover.check(HEALTH, None, Cause.GLASS, None, NOW) is CoverProblem.CAUSE_NOT_COVERED
    assert cover.check(HEALTH, None, Cause.OUTPATIENT, None, NOW) is None


def test_covers_that_answer_for_a_cause() -> None:
    assert [item.name for item in cover.covering(AUTO, Cause.GLASS)] == ["机动车损失保险", "附加玻璃单独破碎保障"]


@given(
    st.sampled_from(Line),
    st.sampled_from(Cause),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_no_problem_means_in_force_line_and_cause_right(line: Line, cause: Cause, when: datetime) -> None:
    covered = cover.check(HEALTH, line, cause, when, END) is None
    fits = START <= when <= END and line is Line.HEALTH and bool(cover.covering(HEALTH, cause))
    waited = cause not in cover.ILLNESS or when >= START + timedelta(days=30)
    assert covered == (fits and waited)
