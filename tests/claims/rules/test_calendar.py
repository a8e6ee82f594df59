"""The Chinese working calendar: public holidays, make-up days, deadlines."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.clock import SHANGHAI
from claims.rules import calendar

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 28), True),  # Sunday, made up for National Day
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),  # National Day and Mid-Autumn run together
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # Saturday, made up for National Day
        (date(2025, 10, 12), False),
        (date(2026, 2, 14), True),  # Saturday, made up for Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 2, 28), True),  # Saturday, made up for Spring Festival
        (date(2026, 9, 20), True),  # Sunday, made up for National Day
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, made up for National Day
        (date(2026, 11, 21), False),  # an ordinary Saturday
    ],
)
def test_working_days_of_the_public_calendar(day: date, works: bool) -> None:
    assert calendar.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 10, 10), 1, date(2025, 10, 11)),
        (date(2025, 10, 11), 1, date(2025, 10, 13)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 9), 2, date(2026, 10, 12)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
    ],
)
def test_counting_working_days(day: date, count: int, expected: date) -> None:
    assert calendar.add_working_days(day, count) == expected


def test_negative_working_days_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(date(2026, 1, 1), -1)


def test_an_unknown_year_counts_monday_to_friday_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    calendar._say_unknown.cache_clear()
    with caplog.at_level(logging.WARNING, logger="claims.rules.calendar"):
        week = [calendar.is_working_day(date(2091, 3, 5) + timedelta(days=n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2  # 2091-03-05 is a Monday
    assert [record.getMessage()[:39] for record in caplog.records] == ["no public holiday calendar for 2091: co"]


def test_an_unknown_year_still_has_its_holidays_of_fixed_date() -> None:
    assert not calendar.is_working_day(date(2091, 10, 1))  # a Monday
    assert not calendar.is_working_day(date(2092, 1, 1))  # a Tuesday


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_working_days_add_up(day: date, one: int, other: int) -> None:
    reached = calendar.add_working_days(day, one)
    assert calendar.is_working_day(reached)
    assert reached >= day
    if one and other:
        assert calendar.add_working_days(reached, other) == calendar.add_working_days(day, one + other)


def test_hours_run_on_the_clock() -> None:
    start = datetime(2026, 9, 30, 20, 30, tzinfo=SHANGHAI)
    assert calendar.deadline(start, hours=24) == datetime(2026, 10, 1, 20, 30, tzinfo=SHANGHAI)


def test_days_end_with_the_last_shanghai_day() -> None:
    start = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # already the 23rd in Shanghai
    assert calendar.deadline(start, days=3) == datetime(2026, 11, 26, 23, 59, 59, tzinfo=SHANGHAI)


def test_working_days_skip_the_holiday() -> None:
    start = datetime(2026, 9, 30, 10, 0, tzinfo=SHANGHAI)
    assert calendar.deadline(start, working_days=1) == datetime(2026, 10, 8, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.mark.parametrize("units", [{}, {"hours": 1, "days": 1}, {"hours": 1, "days": 1, "working_days": 1}])
def test_exactly_one_unit(units: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        calendar.deadline(datetime(2026, 1, 1, tzinfo=UTC), **units)


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        calendar.deadline(datetime(2026, 1, 1), hours=1)  # noqa: DTZ001


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(1, 60))  # noqa: DTZ001
def test_a_deadline_is_aware_and_later(start: datetime, count: int) -> None:
    for unit in ("hours", "days", "working_days"):
        due = calendar.deadline(start, **{unit: count})
        assert due.tzinfo is SHANGHAI
        assert due > start
