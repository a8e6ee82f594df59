"""Days that are counted: 上个月第一个礼拜一, 九月最后一天, 去年的今天, 两周前的周三, and years of the Republic."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Callable, Optional

from bot.values import dates
from bot.values.dates import Form, Said, number, safe
from bot.values.numbers import SMALL

_WEEK = r"(?:周|星期|礼拜)"


def _month(prefix: str) -> str:
    """A month as said, in groups {prefix}r (上个), {prefix}y (a year) and {prefix}m (a number)."""
    return (
        rf"(?:(?P<{prefix}r>上上|上|这|本|当)个?月份?|(?:(?P<{prefix}y>{dates.YEAR})的?)?(?<!个)(?P<{prefix}m>{SMALL})月份?)"
        r"(?:里面?|份)?的?\s?"
    )


def _in_month(prefix: str, said: Said, today: date, day: Callable[[int, int], Optional[date]]) -> Optional[date]:
    """What `day` makes of the year and month said; of a month without a year the latest that is not after today."""
    if said[f"{prefix}r"]:
        return day(*dates.month_of(said[f"{prefix}r"] or "", today))
    month = number(said[f"{prefix}m"])
    if not 1 <= month <= 12:
        return None
    if said[f"{prefix}y"]:
        return day(dates.year_of(said[f"{prefix}y"] or "", today), month)
    this = day(today.year, month)
    return this if this and this <= today else day(today.year - 1, month)


def _nth_weekday(said: Said, today: date) -> Optional[date]:
    weekday = dates.weekday_index(said["w_day2"] or said["w_day"] or "")

    def day(year: int, month: int) -> Optional[date]:
        if said["w_last"]:
            last = date(year, month, dates.last_of_month(year, month))
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=(number(said["w_nth"]) or 1) - 1)
        return found if found.month == month else None

    return _in_month("w", said, today, day)


def _edge_of_month(said: Said, today: date) -> Optional[date]:
    def day(year: int, month: int) -> Optional[date]:
        last = dates.last_of_month(year, month)
        return safe(year, month, last if said["e_last"] else last + 1 - number(said["e_back"]) if said["e_back"] else 1)

    return _in_month("e", said, today, day)


def _edge_of_year(said: Said, today: date) -> Optional[date]:
    year = dates.year_of(said["edge_year"] or "", today)
    return date(year, 12, 31) if said["edge_last"] else date(year, 1, 1)


def _same_day(said: Said, today: date) -> Optional[date]:
    unit = said["same"] or ""
    if unit[-1] == "年":
        year = dates.year_of(unit, today)
        return safe(year, today.month, today.day) or safe(year, 2, 28)
    back = 2 if unit.startswith("上上") else 1
    if unit[-1] == "月":
        year, month = dates.months_back(today, back)
        return date(year, month, min(today.day, dates.last_of_month(year, month)))
    return today - timedelta(weeks=back)


def _weekday_weeks_ago(said: Said, today: date) -> Optional[date]:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=dates.weekday_index(said["ago_day"] or ""), weeks=-number(said["ago_weeks"]))


def _minguo(said: Said, today: date) -> Optional[date]:
    year, month, day = (
        (said["roc_y"], said["roc_m"], said["roc_d"])
        if said["roc_y"]
        else (said["roc_y2"], said["roc_m2"], said["roc_d2"])
    )
    return safe(int(year or 0) + 1911, number(month), number(day))


FORMS = {
    # the years of the Republic of China, as Taiwan counts: 115 is 2026
    "minguo": Form(
        rf"民[国國]\s?(?P<roc_y>\d{{2,3}})年\s?(?P<roc_m>{SMALL})月\s?(?P<roc_d>{SMALL})[日号]?"
        r"|(?<![\dA-Z./第桩费花了-])(?P<roc_y2>1[01]\d)[/-](?P<roc_m2>1[0-2]|0?[1-9])[/-](?P<roc_d2>3[01]|[12]\d|0?[1-9])(?![\d./号-])",
        _minguo,
    ),
    "nth_weekday": Form(
        _month("w")
        + r"(?:第\s?(?P<w_nth>[一二三四五1-5])|(?P<w_last>最[后末]一?)|[头首]一?)\s?个?的?"
        + rf"{_WEEK}(?P<w_day>[一二三四五六日天末1-7])(?:[,，的]?(?:就?是)?(?:那个)?{_WEEK}(?P<w_day2>[六日天67]))?",
        _nth_weekday,
    ),
    "edge_of_month": Form(
        _month("e") + rf"(?:(?P<e_last>最[后末]一天)|倒数第(?P<e_back>{SMALL})天|(?:第|头)一天)", _edge_of_month
    ),
    "edge_of_year": Form(
        rf"(?P<edge_year>{dates.YEAR})的?(?:(?P<edge_last>最[后末]一天)|(?:第|头)一天)", _edge_of_year
    ),
    "same_day": Form(
        r"(?P<same>去年|前年|大前年|上上?个?(?:周|星期|礼拜)|上上?个?月)的?(?:今[天日儿]|这一?天|同一天)", _same_day
    ),
    "weekday_weeks_ago": Form(
        rf"(?P<ago_weeks>{SMALL})个?{_WEEK}(?:之|以)?前的?(?:那个)?{_WEEK}(?P<ago_day>[一二三四五六日天末1-7])",
        _weekday_weeks_ago,
    ),
}
