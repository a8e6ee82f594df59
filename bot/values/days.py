"""Which day a customer means: dates, weekdays, 前儿, 上个月15号, 国庆, 三天前."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Optional

from bot.values import vocabulary
from bot.values.numbers import SMALL, digits, small

_Y4 = r"(?:20\d{2}|[二两][零〇][零〇一二三四五六七八九]{2})"
_PAST = r"(?:大前|前|去|今|本|当|上)年"
_WEEKDAY = {
    char: index for index, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6末", "日天7")) for char in chars
}
# 4号出口, 6号桩: what is numbered, and no day; after the characters in brackets the number is a day again (15号门诊)
_NUMBERED = (
    r"[a-zA-Z线楼桌床码栋柜座厅馆桥坑库仓桩泵枪井窑岗闸炉塔柱亭口]|门(?!诊|急)|院(?!子|里)|电(?!动|瓶|驴|话|脑|视|线)|机(?!场|动)"
    r"|单(?!位|方|车)|窗(?!户)|店(?!里|铺)|站(?!在|着|起)|厂(?!里)|车[间位库厢棚]|病[房床区]|房间|出(?:站口|口)|入口"
    r"|检票|登机|安检|航站|月台|码头|泊位|收费|通道|匝道|工地|大桥|隧道|泳池|球场|电?扶梯|塔吊|吊车|充电|停车[位区]|楼梯|教室|别墅|宿舍|看台|展位|摊位|档口|包[间厢房]"
)

PATTERN = "|".join(
    (
        rf"(?P<fy>{_Y4}|(?<!\d)\d{{2}}(?=年)|{_PAST})的?\s?(?:年\s?|[./-]\s?)?(?P<fm>{SMALL})\s?(?:月份?的?|[./-])\s?(?P<fd>{SMALL})\s?[日号]?",
        r"(?<![\dA-Z.])(?P<cy>20\d{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?![\dA-Z元块])",
        rf"(?P<ry>{_Y4}年|{_PAST})的?(?P<rm>{SMALL})月份?(?P<rq>初|中旬?|底|末)?",
        rf"(?<![\d年])(?<![一二两三四五六七八九十几半多\d]个)(?P<nm>{SMALL})月份?(?P<nq>初|中旬|底|末)",
        rf"(?<!\d)(?<![一二两三四五六七八九十几半多\d]个)(?P<mm>{SMALL})月份?的?\s?(?P<md>{SMALL})\s?(?:[日号]|(?=$|[\s,，。早上中下晚傍凌夜半在的]))",
        rf"(?P<pm>上上|上|这|本|当)个?月份?的?\s?(?:(?P<pd>{SMALL})\s?(?:[日号]|(?=的事|[,，。]|$))|(?P<pq>初|中旬?|底|末))",
        r"(?<![\d./-])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12]\d|0?[1-9])(?![\d/])",
        r"(?<![\d./-])(?P<tm>1[0-2]|0?[1-9])[.-](?P<td>3[01]|[12]\d|0?[1-9])(?=[日号]|\s?(?:早|上午|中午|下午|晚|凌晨|傍晚|夜|\d{1,2}[:点]))[日号]?",
        rf"(?<![\d第.路街道弄巷栋楼门院KA-Z]){'(?P<od>' + SMALL + ')'}(?:号|日)(?!{_NUMBERED})",
        r"(?P<near>大大前[天日]|大前[天日儿](?:个|儿)?|大前(?=[晚夜])|(?<![目以之提当])前[天日儿](?!面)(?:个|儿)?|昨[天日儿](?:个|儿)?|今[天日儿](?:个|儿)?"
        r"|(?<![目以之提当天年月时候])前(?=[晚夜])|昨(?=[晚夜早晨])|今(?=[晚夜早晨朝])|[寻琴](?:日|(?=晚))|昨个儿?|今个儿?|前个儿?(?!月)|当[天日](?!地))",
        r"(?P<soon>大后[天日]|后[天日](?!面)|明[天日儿]|明(?=[早晚])|下下?个?(?:周|星期|礼拜)[一二三四五六日天末1-7]?|下下?个?月(?:份?的?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?|过两天|过几天)",
        r"(?<![每一两二三四五六七八九十几半多整\d])(?:(?P<wp>上上|上|这|本|前)(?:一)?个?)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天1-7]|末(?![年端愉都]))(?![到至\-~]|[个天年](?!晚|早|上|下|中|凌|夜))",
        rf"(?P<an>{SMALL}|半|两三|几|十几|十来|\d{1, 4})\s?(?P<au>多?个多?星期|多?个多?礼拜|多?个多?月|多?周|多?天|日|多?年)(?P<ah>半|多)?(?:之|以)?前(?![面车后])",
        r"(?P<two>[前头]两天)",
        r"(?P<next>第二[天日]|隔[天日]|次日|转天|翌日)",
        r"(?P<bare>(?<![个上这本下\d一二三四五六七八九十])月(?P<bq>初|中旬|底))(?![一二三四五六七八九])",
        "(?P<feast>"
        + r"(?P<feasty>去年|前年|今年)?的?(?<![\d一二三四五六七八九零幺])(?:国庆|十一(?=[那当假放黄])|五一|跨年夜?|元旦|双十节|双十国庆|春节|大年初一|年初一|除夕|大年三十|(?<![\d一二三四五六七八九零])元宵节?|清明节?|端午节?|中秋节?|圣诞节?|平安夜|双十一|双11|双十二|三八(?:妇女)?节|妇女节|情人节|劳动节|教师节|儿童节|七夕)(?![中东南西北]?[一二三]?[路街]|大[道街桥]|广场|小区|新村|商场|隧道|立交)节?(?:假期|长假|假)?(?:那天|当天|那会儿|期间|假|放假|的时候|第(?P<fn>[二三四五六七])天)?"
        + ")",
    )
)


@lru_cache(maxsize=1)
def _feasts() -> dict[str, dict[int, str]]:
    return dict(vocabulary.table("feasts.yml"))


def _safe(year: int, month: int, day: int) -> Optional[date]:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_back(today: date, count: int) -> tuple[int, int]:
    index = today.year * 12 + today.month - 1 - count
    return index // 12, index % 12 + 1


def _year(said: str, today: date) -> int:
    back = {"大前年": 3, "前年": 2, "去年": 1, "上年": 1, "今年": 0, "本年": 0, "当年": 0}
    if said in back:
        return today.year - back[said]
    year = int(digits(said.rstrip("年")))
    return year + 2000 if year < 100 else year


def _part_of_month(said: Optional[str], year: int, month: int) -> int:
    if said and said[0] == "中":
        return 15
    return calendar.monthrange(year, month)[1] if said and said[0] in "底末" else 1


def _latest_part_of_month(said: str, today: date) -> date:
    """月初 and 月底 alone: the latest that has begun."""
    this = date(today.year, today.month, _part_of_month(said, today.year, today.month))
    year, month = _months_back(today, 1)
    return this if this <= today else date(year, month, _part_of_month(said, year, month))


def _without_year(said: str, year: Optional[str]) -> str:
    return said[len(year) :].lstrip("的") if year else said


def _month_day(month: Optional[int], day: Optional[int], today: date) -> Optional[date]:
    """A date without a year lies in the past: the latest one that is not after today."""
    if not month or not day:
        return None
    this = _safe(today.year, month, day)
    return this if this and this <= today else _safe(today.year - 1, month, day)


def _weekday(prefix: Optional[str], said: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    index = _WEEKDAY[said]
    if prefix in ("上", "前"):
        return monday + timedelta(days=index - 7)
    if prefix == "上上":
        return monday + timedelta(days=index - 14)
    if prefix in ("这", "本"):
        return monday + timedelta(days=index)
    day = monday + timedelta(days=index)
    return day if day <= today else day - timedelta(days=7)


def _ago(match: re.Match[str], today: date) -> Optional[date]:
    said, unit = match["an"], match["au"]
    half = match["ah"] == "半"
    if said in ("几", "十几"):
        return None
    count = (
        0.5 if said == "半" else float(10 if said == "十来" else (int(said) if said.isdigit() else small(said) or 0))
    )
    if half:
        count += 0.5
    if "月" in unit and count >= 1:
        year, month = _months_back(today, int(count))
        back = date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
        return back - timedelta(days=15 if half else 0)
    if "年" in unit and count >= 1:
        return _safe(today.year - int(count), today.month, today.day) or date(today.year - int(count), 2, 28)
    length = {"天": 1, "日": 1, "周": 7, "星": 7, "礼": 7, "月": 30, "年": 365}[unit.strip("多个")[0]]
    days = count * length
    return today - timedelta(days=int(days)) if days < 36500 else None


def _feast(said: str, today: date) -> Optional[date]:
    for name, days in _feasts().items():
        if said.startswith(name):
            for year in (today.year, today.year - 1):
                month_day = str(days.get(year) or days.get(0) or "")
                if month_day:
                    day = _safe(year, *map(int, month_day.split("-")))
                    if day and day <= today:
                        return day
    return None


def resolve(match: re.Match[str], now: datetime) -> Optional[date]:
    """The calendar day of a PATTERN match seen from now; None where no single day is meant."""
    today, g = now.date(), match.groupdict()
    if g["fy"]:
        month, day = small(g["fm"]), small(g["fd"])
        return _safe(_year(g["fy"], today), month or 0, day or 0)
    if g["cy"]:
        return _safe(int(g["cy"]), int(g["cm"]), int(g["cd"]))
    if g["ry"]:
        year, month = _year(g["ry"], today), small(g["rm"]) or 0
        return _safe(year, month, _part_of_month(g["rq"], year, month)) if 1 <= month <= 12 else None
    if g["nm"]:
        month = small(g["nm"]) or 0
        day = _part_of_month(g["nq"], today.year, month) if 1 <= month <= 12 else None
        return _month_day(month, day, today)
    for m, d in (("mm", "md"), ("sm", "sd"), ("tm", "td")):
        if g[m]:
            return _month_day(small(g[m]), small(g[d]), today)
    if g["pm"]:
        year, month = _months_back(today, {"上上": 2, "上": 1}.get(g["pm"], 0))
        return _safe(year, month, (small(g["pd"]) or 0) if g["pd"] else _part_of_month(g["pq"], year, month))
    if g["od"]:
        day = small(g["od"]) or 0
        for back in range(3):
            found = _safe(*_months_back(today, back), day)
            if found and found <= today:
                return found
        return None
    if g["near"]:
        said = g["near"]
        back = (
            4
            if said.startswith("大大")
            else 3
            if said.startswith("大前")
            else {"前": 2, "昨": 1, "寻": 1, "琴": 1, "今": 0, "当": 0}[said[0]]
        )
        return today - timedelta(days=back)
    if g["soon"]:
        ahead = {"明": 1, "后": 2, "大": 3}.get(g["soon"][0], 7)
        return today + timedelta(days=ahead)
    if g["wd"]:
        return _weekday(g["wp"], g["wd"], today)
    if g["an"]:
        return _ago(match, today)
    if g["two"]:
        return today - timedelta(days=2)
    if g["next"]:
        return None  # of a day said before; times.py knows it
    if g["bare"]:
        return _latest_part_of_month(g["bq"], today)
    feast = _feast(_without_year(g["feast"], g["feasty"]), today) if g["feast"] else None
    if feast and g["feasty"]:
        feast = _feast(_without_year(g["feast"], g["feasty"]), date(_year(g["feasty"], today), 12, 31))
    return feast + timedelta(days=(small(g["fn"]) or 1) - 1) if feast and g["fn"] else feast
