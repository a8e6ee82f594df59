"""Which hour a customer means: parts of the day and clock times on the twelve-hour clock people speak."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Optional

from bot.values.numbers import SMALL, small
from bot.values.sentence import SHANGHAI

# part of the day: hour taken where none is said
PARTS = {
    "早高峰": 8, "晚高峰": 18, "凌晨": 2, "后半夜": 2, "下半夜": 2, "大半夜": 23, "黑了": 20, "下昼": 15, "上昼": 10, "朝早": 8, "后半晌": 15, "前半晌": 10, "早起": 8, "晌午头": 12, "下晌": 15, "头午": 10, "前晌": 10, "半夜三更": 23, "清晨": 6, "清早": 6, "大清早": 6, "天刚亮": 6, "一大早": 8, "大早上": 8, "一早": 8, "早晨": 8, "早上": 8,
    "早间": 8, "早": 8, "朝": 8, "晨": 6, "上午": 10, "头晌": 10, "中午": 12, "正午": 12, "晌午": 12, "午间": 12, "午后": 15, "下午": 15, "后晌": 15, "傍晚": 18, "傍黑": 18, "擦黑": 18,
    "黄昏": 18, "晚上": 20, "晚间": 20, "当晚": 20, "晚": 20, "夜里": 23, "夜间": 23, "夜晚": 20, "晚夜": 23, "半夜": 23, "深夜": 23, "午夜": 23, "夜": 23,
}  # fmt: skip
_EARLY = {"凌晨", "清晨", "清早", "大清早", "天刚亮"}
_MORNING = {part for part, hour in PARTS.items() if 2 < hour < 12}
_EVENING = {
    "晚上",
    "晚间",
    "当晚",
    "晚",
    "夜里",
    "夜间",
    "夜晚",
    "晚夜",
    "半夜",
    "深夜",
    "午夜",
    "夜",
    "大半夜",
    "半夜三更",
    "黑了",
}

_SMALL_HOURS = {"后半夜", "下半夜"}  # of the night that began on the day named

PART = (
    r"(?<![^周期拜十初]一)(?<![整每])(?P<part>(?<![周期拜十初])(?:一大早|一早)|"
    + "|".join(sorted((p for p in PARTS if len(p) > 1 and p not in ("黑了", "一大早", "一早")), key=len, reverse=True))
    + r"|(?<=[昨今前寻琴\d日号天一二三四五六七八九十])[早晚夜晨朝](?!阳|点[^\d一二三四五六七八九十]|班|饭|餐|高峰|安|了|就|日|期)"
    r"|(?<=[昨前今儿天])黑了|晚(?=[五六七八九十]点|\d{1,2}[点:])|早(?=[五六七八九]点|\d{1,2}[点:]))(?!好[,，。!！呀啊\s]|好$|班|饭(?!点)|餐|高峰)"
)
_TAIL = r"(?:来钟|来|多钟|多|左右|钟|整|过|不到|前后|许)*"
# 昨天1520元, 1314路, 1502室, 1500修车: figures that are a sum or count something else
_NO_HOUR = (
    r"(?!\s?(?:[元块钱万千百多来年米路线弄栋楼室房户个款次吨客间店厂.]|公里|号(?!早|晚)|左右|上下|的(?:押金|费|钱|账)|CC|K|W|T)"
    r"|\s?[^,，。]{0,2}(?:修|赔|给我|付|花|押金|定损|换|补|收|喷|拖))"
)
CLOCK = "|".join(
    (
        rf"差(?P<bm>{SMALL}|一刻)分?钟?(?:到)?(?P<bh>{SMALL})点{_TAIL}",
        rf"(?<![第\d.:几])(?P<ch>{SMALL})\s?(?:点钟?|时(?![候间段长效不而])|：|:)\s?差(?P<cm>{SMALL}|一刻)分?",
        r"(?<![\d:.])(?P<dh>[01]?\d|2[0-4])\s?[:：]\s?(?P<dm>[0-5]\d)(?:[:：][0-5]\d)?(?:\s?(?P<ap>[AP]\.?M))?(?![\d])",
        # 昨天1520, 11月30日2220时: four figures are an hour only behind a day
        rf"(?:(?<=[天日号儿晚早午夜朝一二三四五六])|(?<=[天日号\d]\s))(?P<xh>[01]\d|2[0-3])(?P<xm>[0-5]\d)(?!\d){_NO_HOUR}时?",
        r"(?<![\dA-Z:.])(?P<eh>1[0-2]|0?[1-9])\s?(?P<ep>[AP]M)(?![A-Z])",
        rf"(?<![第\d.:几])(?!(?<=[有快慢差大小多少早晚])一点(?![半多钟一二三四五左\d]))(?P<h>{SMALL})\s?(?:点钟?|时(?![候间段长效不而代]))"
        rf"\s?(?:(?P<half>半)|(?P<q>[一三])刻|(?P<five>[一二三四五六七八九十]{{1,2}})个字|(?P<mi>[0-5]?\d|零[一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?|[二三四五][一二三四五六七八九])分?(?!\d|[块元万千百天个]))?(?:分钟?)?{_TAIL}",
    )
)


class Clock(NamedTuple):
    """Hour as said and minute; sure when the 24-hour reading is the only one; figures where four figures are all of it."""

    hour: int
    minute: int
    sure: bool
    figures: bool = False


def read_clock(match: re.Match[str]) -> Optional[Clock]:
    """The hour and minute of a CLOCK match; None when it is no time of day."""
    g = match.groupdict()
    if g["bm"] or g["ch"]:
        hour, less = small(g["bh"] or g["ch"]), g["bm"] or g["cm"]
        minutes = 15 if less == "一刻" else small(less)
        if hour is None or minutes is None or not 1 <= hour <= 24 or not 0 < minutes < 60:
            return None
        return Clock(hour - 1, 60 - minutes, hour - 1 > 12)
    if g["dh"]:
        hour, minute, half_day = int(g["dh"]), int(g["dm"]), g["ap"]
        if half_day:
            return Clock(hour % 12 + (12 if half_day.startswith("P") else 0), minute, True)
        return Clock(hour, minute, hour > 12 or hour == 0 or g["dh"].startswith("0")) if hour <= 24 else None
    if g["xh"]:
        return Clock(int(g["xh"]), int(g["xm"]), True, figures=True)
    if g["eh"]:
        return Clock(int(g["eh"]) % 12 + (12 if g["ep"] == "PM" else 0), 0, True)
    hour = small(g["h"])
    if hour is None or hour > 24:
        return None
    five = (small(g["five"]) or 0) * 5 if g["five"] else 0  # 三个字: in Canton a figure on the dial is five minutes
    minute = 30 if g["half"] else {"一": 15, "三": 45}[g["q"]] if g["q"] else five or _minute(g["mi"])
    return Clock(hour, minute, hour > 12 or hour == 0) if minute < 60 else None


def _minute(said: Optional[str]) -> int:
    if not said:
        return 0
    if len(said) == 2 and said[0] in "二三四五" and said[1] in "一二三四五六七八九":
        return (small(said[0]) or 0) * 10 + (small(said[1]) or 0)
    return small(said) or 0


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(0), SHANGHAI) + timedelta(hours=hour, minutes=minute)


def place(day: Optional[date], part: Optional[str], clock: Optional[Clock], now: datetime) -> Optional[datetime]:
    """The moment meant. Without a day the latest past one; a bare hour is read by the part of the day, else by what is usual."""
    if clock is None:
        if part is None:
            return None
        hour = PARTS[part]
        night = day is not None and part in _SMALL_HOURS and _at(day, hour + 24, 0) <= now
        when = _at(day or now.date(), hour + 24 if night else hour, 0)
        if when > now and (day is None or day == now.date()):
            begun = part not in _EVENING and part not in {"傍晚"} and now.hour >= hour - 3
            if begun or (now.hour >= 18 and part in _EVENING):
                return now.replace(second=0, microsecond=0)
            if part in {"半夜", "大半夜", "夜里", "深夜", "夜间"} and day == now.date():
                return _at(day, 2, 0)  # 今天半夜, said in the daytime: the small hours of today
            when -= timedelta(days=1 if day is None else 0)
        return when
    hour, minute = clock.hour, clock.minute
    if part in _EVENING or part in _SMALL_HOURS:
        return _evening(day, hour, minute, part, now)
    if part is not None:
        if part in _EARLY or part in _MORNING:
            hour = 0 if hour == 12 and part in _EARLY else hour
        elif hour < 12 and not (part in {"中午", "正午", "晌午", "午间"} and hour >= 10):
            hour += 12
        when = _at(day or now.date(), hour, minute)
        return when - timedelta(days=1) if day is None and when > now else when
    if clock.sure:
        when = _at(day or now.date(), hour, minute)
        return when - timedelta(days=1) if day is None and when > now else when
    return _bare(day, hour, minute, now)


def _evening(day: Optional[date], hour: int, minute: int, part: Optional[str], now: datetime) -> datetime:
    base = day or now.date()
    if hour >= 13 or 5 <= hour < 12:
        when = _at(base, hour if hour >= 12 else hour + 12, minute)
        return when - timedelta(days=1) if day is None and when > now else when
    # midnight and the small hours belong to the night that began on the day named
    when = _at(base, 24 + hour % 12, minute)
    return when - timedelta(days=1) if when > now else when


def _bare(day: Optional[date], hour: int, minute: int, now: datetime) -> datetime:
    if day is None or day == now.date():
        base = now.date()
        options = [_at(base - timedelta(days=back), h, minute) for back in (0, 1) for h in (hour % 12, hour % 12 + 12)]
        past = [when for when in options if when <= now and (day is None or when.date() == base)]
        return max(past) if past else _at(base, hour, minute)
    return _at(day, hour + 12 if 1 <= hour <= 6 else hour, minute)
