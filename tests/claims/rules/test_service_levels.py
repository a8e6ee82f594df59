"""The fixed figures, and what is expected next in each state."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import clock
from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.rules import service_levels
from claims.vocabulary import Cause, ClaimState, Line

EVE = datetime(2026, 9, 30, 10, 0, tzinfo=SHANGHAI)  # the day before the National Day holidays


@pytest.mark.parametrize(
    ("key", "unit", "count", "source"),
    [
        ("initial_review", "hours", 24, "承诺"),
        ("inspection", "hours", 72, "承诺"),
        ("decision_complex", "days", 30, "第二十三条"),
        ("refusal_notice", "days", 3, "第二十四条"),
        ("payment_promise", "working_days", 1, "承诺"),
        ("payment_law", "days", 10, "第二十三条"),
        ("undisputed_minimum", "days", 60, "第二十五条"),
        ("dispute_reply", "hours", 48, "承诺"),
        ("callback", "hours", 24, "承诺"),
    ],
)
def test_the_fixed_figures(key: str, unit: str, count: int, source: str) -> None:
    figure = service_levels.figure(key)
    assert getattr(figure, unit) == count
    assert source in figure.source


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (ClaimState.REPORTED, EVE + timedelta(hours=24)),
        (ClaimState.ACCEPTED, EVE + timedelta(hours=72)),
        (ClaimState.ASSESSMENT, datetime(2026, 10, 30, 23, 59, 59, tzinfo=SHANGHAI)),
        (ClaimState.PAYMENT, datetime(2026, 10, 8, 23, 59, 59, tzinfo=SHANGHAI)),
        (ClaimState.REJECTED, datetime(2026, 10, 3, 23, 59, 59, tzinfo=SHANGHAI)),
        (ClaimState.DISPUTED, EVE + timedelta(hours=48)),
        (ClaimState.CLOSED, EVE + timedelta(hours=24)),
        (ClaimState.WITHDRAWN, EVE),
    ],
)
def test_when_the_next_step_is_due(state: ClaimState, due: datetime) -> None:
    assert service_levels.expected(state, EVE, Line.AUTO).due == due


def test_inspection_and_decision_count_from_acceptance() -> None:
    later = EVE + timedelta(days=2)
    inspection = service_levels.expected(ClaimState.INSPECTION, later, Line.AUTO, accepted_at=EVE)
    assert inspection.due == EVE + timedelta(hours=72)
    decision = service_levels.expected(ClaimState.APPROVAL, later, Line.AUTO, accepted_at=EVE)
    assert decision.due == datetime(2026, 10, 30, 23, 59, 59, tzinfo=SHANGHAI)


def test_while_we_wait_for_the_customer_the_step_counts_from_now(monkeypatch: pytest.MonkeyPatch) -> None:
    now = EVE + timedelta(days=30)
    told = service_levels.expected(ClaimState.MATERIALS, EVE, Line.AUTO, now=now)
    assert (told.waits_for, told.due) == ("customer", now + timedelta(hours=24))
    monkeypatch.setattr(clock, "now", lambda: now.astimezone(UTC))
    assert service_levels.expected(ClaimState.MATERIALS, EVE, Line.AUTO).due == told.due


def test_a_medical_case_is_reviewed_not_inspected() -> None:
    medical = service_levels.expected(ClaimState.ACCEPTED, EVE, Facts(line=Line.HEALTH))
    car = service_levels.expected(ClaimState.ACCEPTED, EVE, Facts(line=Line.AUTO))
    assert "查勘" not in medical.next_step
    assert "查勘" in car.next_step


@given(
    st.sampled_from(ClaimState),
    st.none() | st.sampled_from(Line),
    st.datetimes(datetime(2020, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_every_state_has_a_next_step_and_a_time(state: ClaimState, line: Line | None, since: datetime) -> None:
    expected = service_levels.expected(state, since, line)
    assert expected.next_step
    assert expected.promise
    assert expected.due.tzinfo is SHANGHAI
    assert expected.due >= since
    assert bool(expected.source) == (expected.waits_for != "nobody")


def test_next_steps_after_a_crash() -> None:
    steps = service_levels.next_steps_after_report(Facts(line=Line.AUTO, cause=Cause.COLLISION_MULTI), EVE)
    assert [step.key for step in steps if step.kind == "step"] == [
        "initial_review",
        "materials_review",
        "inspection",
        "decision",
        "payment",
    ]
    assert [step.key for step in steps if step.kind == "right"] == ["refusal_notice", "undisputed_minimum"]
    assert steps[0].due == EVE + timedelta(hours=24)
    assert steps[0].text == "初步审核：24小时内完成初步审核并联系您（我们的服务承诺）"
    assert all(step.due is None for step in steps[1:])
    promises = "".join(step.text for step in steps)
    for figure in ("24小时", "72小时", "30日", "1个工作日", "10日", "3日", "60日"):
        assert figure in promises


@pytest.mark.parametrize(
    "facts", [Facts(line=Line.HEALTH, cause=Cause.OUTPATIENT), Facts(line=Line.AUTO, cause=Cause.GLASS)]
)
def test_no_inspection_is_promised_where_none_comes(facts: Facts) -> None:
    assert "inspection" not in [step.key for step in service_levels.next_steps_after_report(facts)]


def test_without_the_time_of_the_report_no_date_is_made_up() -> None:
    steps = service_levels.next_steps_after_report(Facts(line=Line.AUTO))
    assert all(step.due is None for step in steps)
