"""Arithmetic with days as customers speak of them, and the shape of a reader of days."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Callable, NamedTuple, Optional

from bot.values.numbers import digits, small

Y4 = r"(?:20\d{2}|[二两][零〇][零〇一二三四五六七八九]{2})"
PAST = r"(?:大前|前|去|今|本|当|上)年"
YEAR = rf"(?:{Y4}年|(?<!\d)\d{{2}}年|{PAST})"
_YEARS_BACK = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "今年": 0, "本年": 0, "当年": 0}
_MONTHS_BACK = {"上上": 2, "上": 1}
_WEEKDAYS = {
    char: index for index, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6末", "日天7")) for char in chars
}

Said = dict[str, Optional[str]]
"""The named groups of a match."""


class Form(NamedTuple):
    """One way to name a day: a pattern, whose named groups no other form has, and the day meant, seen from today.

    day gives None where the words name no single day. shifts: 前一天 and 后一天 count from it; counts_on: 第三天 does too.
    """

    pattern: str
    day: Callable[[Said, date], Optional[date]]
    shifts: bool = True
    counts_on: bool = False


def safe(year: int, month: int, day: int) -> Optional[date]:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def number(said: Optional[str]) -> int:
    """A number below 100; 0 where there is none."""
    return small(said or "") or 0


def year_of(said: str, today: date) -> int:
    """去年, 2025年, 25年."""
    if said in _YEARS_BACK:
        return today.year - _YEARS_BACK[said]
    year = int(digits(said.rstrip("年")))
    return year + 2000 if year < 100 else year


def months_back(today: date, count: int) -> tuple[int, int]:
    """Year and month so many months ago."""
    index = today.year * 12 + today.month - 1 - count
    return index // 12, index % 12 + 1


def month_of(said: str, today: date) -> tuple[int, int]:
    """Year and month of 这, 本, 上 or 上上 (个月)."""
    return months_back(today, _MONTHS_BACK.get(said, 0))


def last_of_month(year: int, month: int) -> int:
    """28 to 31."""
    return calendar.monthrange(year, month)[1]


def part_of_month(said: Optional[str], year: int, month: int) -> int:
    """The day that stands for 初, 中旬 or 底 of a month, or for the month itself."""
    if said and said[0] == "中":
        return 15
    return last_of_month(year, month) if said and said[0] in "底末" else 1


def latest(month: int, day: int, today: date) -> Optional[date]:
    """A date without a year lies in the past: the latest one that is not after today."""
    this = safe(today.year, month, day)
    return this if this and this <= today else safe(today.year - 1, month, day)


def weekday_index(said: str) -> int:
    """0 for Monday; 末, the weekend, is its Saturday."""
    return _WEEKDAYS[said]
