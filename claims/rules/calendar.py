"""The Chinese working calendar (public holidays and make-up working days) and deadlines counted by it."""

import logging
from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar

from claims.clock import SHANGHAI

# Public holidays with a fixed date, from 全国年节及纪念日放假办法 (State Council, 2024 revision). They hold in a year
# whose schedule has not been announced yet; the lunar ones and the make-up days cannot be known before.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

log = logging.getLogger(__name__)


def is_working_day(day: date) -> bool:
    """Whether people work on this day in mainland China, make-up Saturdays and Sundays included.

    A year that the calendar package does not know yet counts Monday to Friday without the holidays of fixed date;
    the log says so once a year number.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        _say_unknown(day.year)
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


@cache
def _say_unknown(year: int) -> None:
    log.warning("no public holiday calendar for %s: counting Monday to Friday; update chinesecalendar", year)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day` (the day itself is not counted). 0 gives the next day people work on,
    `day` itself included. ValueError for a negative count."""
    if count < 0:
        raise ValueError(f"working days must not be negative: {count}")
    if count == 0:
        while not is_working_day(day):
            day += timedelta(days=1)
        return day
    while count:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def deadline(
    start: datetime, *, hours: int | None = None, working_days: int | None = None, days: int | None = None
) -> datetime:
    """When a time limit that begins at `start` (aware) ends, in Asia/Shanghai.

    Hours run on the clock. Days and working days end with the last second of the last Shanghai day, and the first
    day is not counted (Civil Code art. 201, 203); a limit in days is not moved over a holiday as art. 203 would
    allow: we keep to the earlier date. Exactly one unit must be given; ValueError otherwise or for a naive start.
    """
    if start.tzinfo is None:
        raise ValueError("a deadline needs an aware start")
    if sum(unit is not None for unit in (hours, working_days, days)) != 1:
        raise ValueError("give exactly one of hours, working_days, days")
    local = start.astimezone(SHANGHAI)
    if hours is not None:
        return local + timedelta(hours=hours)
    last = local.date() + timedelta(days=days) if days is not None else None
    if last is None:
        last = add_working_days(local.date(), working_days or 0)
    return datetime.combine(last, time(23, 59, 59), tzinfo=SHANGHAI)
