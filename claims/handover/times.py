"""When a customer wants to be called: the reader of times looks back for a loss, an appointment lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from claims.clock import SHANGHAI
from claims.rules.handover import callable_at, slots

_WEEKDAY = re.compile(r"(下+)?个?(?:周|星期|礼拜|週|禮拜)([一二三四五六日天])")
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_MONTH = re.compile(r"\d{1,2}\s?月|[一二三四五六七八九十]+月")
_DAY_OF_MONTH = re.compile(r"[号號日]")
_PART_OF_DAY = re.compile(r"凌晨|早|晨|上午|中午|下午|午后|傍晚|晚|夜|am|pm", re.IGNORECASE)
_DAY = re.compile(r"今|明|[后後]天|大后天")
_SOONEST = re.compile(r"随时|隨時|尽快|儘快|盡快|越快越好|马上|馬上|现在|現在|都行|都可以|随便|隨便|看你们|你们定|最早")
_WEEK, _HALF_DAY = timedelta(days=7), timedelta(hours=12)


def upcoming(said: str | None, text: str, now: datetime) -> datetime | None:
    """The time at which a customer may be called (aware), by what the reader of times found and the words it found it
    in; None when there is none, or nobody calls then. said: ISO 8601, a date alone for a day."""
    if said is None:
        return slots(now, 1)[0] if _SOONEST.search(text) else None
    there = now.astimezone(SHANGHAI)
    if "T" not in said:
        return _on_day(_day_meant(date.fromisoformat(said), text, there), now)
    found = datetime.fromisoformat(said)
    moment = (found.replace(tzinfo=SHANGHAI) if found.tzinfo is None else found).astimezone(SHANGHAI)
    moment = datetime.combine(_day_meant(moment.date(), text, there), moment.timetz())
    return next((each for each in _readings(moment, text) if callable_at(each, now)), None)


def _readings(moment: datetime, text: str) -> Iterator[datetime]:
    """The moment as said; another half of the day where none was named; later days where none was named."""
    halves = [moment]
    if not _PART_OF_DAY.search(text):
        halves = sorted(
            {moment, moment - _HALF_DAY, moment + _HALF_DAY}, key=lambda each: each.hour not in range(8, 21)
        )
        halves = [datetime.combine(moment.date(), each.timetz()) for each in halves]
    names_day = any(p.search(text) for p in (_WEEKDAY, _MONTH, _DAY_OF_MONTH, _DAY))
    for days in (0,) if names_day else range(8):
        yield from (each + timedelta(days=days) for each in halves)


def _day_meant(found: date, text: str, there: datetime) -> date:
    """The day ahead: a weekday of this week or a coming one, a date of this year or the next."""
    today = there.date()
    if weekday := _WEEKDAY.search(text):
        monday = today - timedelta(days=today.weekday()) + len(weekday[1] or "") * _WEEK
        day = monday + timedelta(days=_WEEKDAYS[weekday[2]])
        return day + _WEEK if day < today else day
    if found >= today or not (_MONTH.search(text) or _DAY_OF_MONTH.search(text)):
        return found
    for _ in range(25):
        found = _a_month_later(found)
        if found >= today and (not _MONTH.search(text) or found.month == _month_said(found, text)):
            return found
    return found


def _month_said(found: date, text: str) -> int:
    digits = re.search(r"(\d{1,2})\s?月", text)
    return int(digits[1]) if digits else found.month


def _a_month_later(day: date) -> date:
    """The same day of the next month that has it."""
    year, month = day.year, day.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        try:
            return day.replace(year=year, month=month)
        except ValueError:
            continue


def _on_day(day: date, now: datetime) -> datetime | None:
    """The first slot of a day."""
    begin = max(now, datetime.combine(day, datetime.min.time(), tzinfo=SHANGHAI) - timedelta(minutes=31))
    first = next((each for each in slots(begin, 1) if each.date() == day), None)
    return first if first is not None and callable_at(first, now) else None
