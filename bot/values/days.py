"""Which day a customer means: dates, weekdays, 前儿, 上个月15号, 国庆, 三天前."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple, Optional

from bot.values import almanac, dates, ordinal_days
from bot.values.dates import Form, Said, number, safe
from bot.values.numbers import SMALL

# 4号出口, 6号桩: what is numbered, and no day; after the characters in brackets the number is a day again (15号门诊)
_NUMBERED = (
    r"路(?=[\d口与和交东南西北])|[a-zA-Z线楼桌床码栋柜座厅馆桥坑库仓桩泵枪井窑岗闸炉塔柱亭口]|门(?!诊|急)|院(?!子|里)|电(?!动|瓶|驴|话|脑|视|线)|机(?!场|动)"
    r"|单(?!位|方|车)|窗(?!户)|店(?!里|铺)|站(?!在|着|起)|厂(?!里)|车[间位库厢棚]|病[房床区]|房间|出(?:站口|口)|入口"
    r"|检票|登机|安检|航站|月台|码头|泊位|收费|通道|匝道|工地|大桥|隧道|泳池|球场|电?扶梯|塔吊|吊车|充电|停车[位区]|楼梯|教室|别墅|宿舍|看台|展位|摊位|档口|包[间厢房]"
)
_LONGEST_AGO = 36500
"""Days; what is longer ago is no time of a loss."""
_DAYS_OF_UNIT = {"天": 1, "日": 1, "周": 7, "星": 7, "礼": 7, "月": 30, "年": 365}


def _full(said: Said, today: date) -> Optional[date]:
    day = safe(dates.year_of(said["fy"] or "", today), number(said["fm"]), number(said["fd"]))
    by_name = (said["fy"] or "").endswith("年")  # 今年8月30 is no time of a loss before it has come, 2027年 may be
    return None if by_name and day and day > today else day


def _compact(said: Said, today: date) -> Optional[date]:
    return safe(int(said["cy"] or 0), int(said["cm"] or 0), int(said["cd"] or 0))


def _month_of_year(said: Said, today: date) -> Optional[date]:
    year, month = dates.year_of(said["ry"] or "", today), number(said["rm"])
    return safe(year, month, dates.part_of_month(said["rq"], year, month)) if 1 <= month <= 12 else None


def _month(said: Said, today: date) -> Optional[date]:
    month = number(said["nm"])
    if not 1 <= month <= 12:
        return None
    return dates.latest(month, dates.part_of_month(said["nq"], today.year, month), today)


def _in_month(said: Said, today: date) -> Optional[date]:
    year, month = dates.month_of(said["pm"] or "", today)
    return safe(year, month, number(said["pd"]) if said["pd"] else dates.part_of_month(said["pq"], year, month))


def _day_of_month(said: Said, today: date) -> Optional[date]:
    for back in range(3):
        found = safe(*dates.months_back(today, back), number(said["od"]))
        if found and found <= today:
            return found
    return None


def _near(said: Said, today: date) -> Optional[date]:
    word = said["near"] or ""
    for start, back in (("大大", 4), ("大前", 3), ("上前", 3), ("前", 2), ("昨", 1), ("寻", 1), ("琴", 1), ("夜", 1)):
        if word.startswith(start):
            return today - timedelta(days=back)
    return today


def _soon(said: Said, today: date) -> Optional[date]:
    return today + timedelta(days={"明": 1, "后": 2, "大": 3}.get((said["soon"] or "")[0], 7))


def _weekday(said: Said, today: date) -> Optional[date]:
    day = today - timedelta(days=today.weekday()) + timedelta(days=dates.weekday_index(said["wd"] or ""))
    if said["wp"] in ("这", "本"):
        return day
    if said["wp"]:
        return day - timedelta(days=14 if said["wp"] == "上上" else 7)
    return day if day <= today else day - timedelta(days=7)


def _ago(said: Said, today: date) -> Optional[date]:
    word, unit, half = said["an"] or "", said["au"] or "", said["ah"] == "半"
    if word in ("几", "十几"):
        return None
    count = 0.5 if word == "半" else 10.0 if word == "十来" else float(word) if word.isdigit() else float(number(word))
    count += 0.5 if half else 0
    days = count * _DAYS_OF_UNIT[unit.strip("多个")[0]]
    if days > _LONGEST_AGO:
        return None
    if "月" in unit and count >= 1:
        year, month = dates.months_back(today, int(count))
        back = date(year, month, min(today.day, dates.last_of_month(year, month)))
        return back - timedelta(days=15 if half else 0)
    if "年" in unit and count >= 1:
        return safe(today.year - int(count), today.month, today.day) or date(today.year - int(count), 2, 28)
    return today - timedelta(days=int(days))


def _latest_part_of_month(said: Said, today: date) -> Optional[date]:
    """月初 and 月底 alone: the latest that has begun."""
    this = date(today.year, today.month, dates.part_of_month(said["bq"], today.year, today.month))
    year, month = dates.months_back(today, 1)
    return this if this <= today else date(year, month, dates.part_of_month(said["bq"], year, month))


def _latest_of(month: str, day: str, said: Said, today: date) -> Optional[date]:
    return dates.latest(number(said[month]), number(said[day]), today)


# In this order: what stands earlier is tried first where both begin at one place.
FORMS = {
    **ordinal_days.FORMS,
    **almanac.FORMS,
    "full": Form(
        rf"(?P<fy>{dates.Y4}|(?<!\d)\d{{2}}(?=年)|{dates.PAST})的?\s?(?:年\s?|[./-]\s?)?(?P<fm>{SMALL})\s?(?:月份?的?|[./-])\s?(?P<fd>{SMALL})\s?[日号]?",
        _full,
    ),
    "compact": Form(
        r"(?<![\dA-Z.])(?P<cy>20\d{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?![\dA-Z元块])", _compact
    ),
    "month_of_year": Form(
        rf"(?P<ry>{dates.Y4}年|{dates.PAST})的?(?P<rm>{SMALL})月份?(?P<rq>初|中旬?|底|末)?",
        _month_of_year,
        shifts=False,
    ),
    "month": Form(
        rf"(?<![\d年])(?<![一二两三四五六七八九十几半多\d]个)(?P<nm>{SMALL})月份?(?P<nq>初|中旬|底|末)",
        _month,
        shifts=False,
    ),
    "month_day": Form(
        rf"(?<!\d)(?<![一二两三四五六七八九十几半多\d]个)(?P<mm>{SMALL})月份?的?\s?(?P<md>{SMALL})\s?(?:[日号]|(?=$|[\s,，。早上中下晚傍凌夜半在的]))",
        lambda said, today: _latest_of("mm", "md", said, today),
    ),
    "in_month": Form(
        rf"(?P<pm>上上|上|这|本|当)个?月份?的?\s?(?:(?P<pd>{SMALL})\s?(?:[日号]|(?=的事|[,，。]|$))|(?P<pq>初|中旬?|底|末))",
        _in_month,
    ),
    # 23/10/2026, as in Hong Kong
    "day_first": Form(
        r"(?<![\d./-])(?P<hd>3[01]|[12]\d|0?[1-9])[./-](?P<hm>1[0-2]|0?[1-9])[./-](?P<hy>20\d{2})(?!\d)",
        lambda said, today: safe(*(int(said[name] or 0) for name in ("hy", "hm", "hd"))),
    ),
    "slashed": Form(
        r"(?<![\d./-])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12]\d|0?[1-9])(?![\d/])",
        lambda said, today: _latest_of("sm", "sd", said, today),
    ),
    "dotted": Form(
        r"(?<![\d./-])(?P<tm>1[0-2]|0?[1-9])[.-](?P<td>3[01]|[12]\d|0?[1-9])(?=[日号]|\s?(?:早|上午|中午|下午|晚|凌晨|傍晚|夜|\d{1,2}[:点]))[日号]?",
        lambda said, today: _latest_of("tm", "td", said, today),
    ),
    "day_of_month": Form(rf"(?<![\d第.路街道弄巷栋楼门院KA-Z])(?P<od>{SMALL})(?:号|日)(?!{_NUMBERED})", _day_of_month),
    "near": Form(
        r"大大前[天日]|[大上]前[天日儿](?:个|儿)?|大前(?=[晚夜])|(?<![目以之提当])前[天日儿](?!面)(?:个|儿)?|昨[天日儿](?:个|儿)?|今[天日儿](?:个|儿)?"
        r"|(?<![目以之提当天年月时候])前(?=[晚夜])|昨(?=[晚夜早晨])|今(?=[晚夜早晨朝])|[寻琴](?:日|(?=晚))|昨个儿?|今个儿?|前个儿?(?!月)|当[天日](?!地)"
        r"|(?:(?<=[俺我咱是就啊呀嘛呢吧,，。 ])|^)夜(?:[来个](?![香电人回])|儿(?=[里个黑晚早上下后]))",
        _near,
    ),
    "soon": Form(
        r"大后[天日]|后[天日](?!面)|明[天日儿]|明(?=[早晚])|下下?个?(?:周|星期|礼拜)[一二三四五六日天末1-7]?|下下?个?月(?:份?的?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?|过两天|过几天",
        _soon,
        shifts=False,
    ),
    "weekday": Form(
        r"(?<![每一两二三四五六七八九十几半多整\d])(?:(?P<wp>上上|上|这|本|前)(?:一)?个?)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天1-7]|末(?![年端愉都]))(?!福|生生|餐厅|酒吧|咖啡)(?![到至\-~]|[个天年](?!晚|早|上|下|中|凌|夜))",
        _weekday,
    ),
    "ago": Form(
        rf"(?P<an>{SMALL}|半|两三|几|十几|十来|\d{{1,3}})\s?(?P<au>多?个多?星期|多?个多?礼拜|多?个多?月|多?周|多?天|日|多?年)(?P<ah>半|多)?(?:之|以)?前(?![面车后])",
        _ago,
        shifts=False,
    ),
    "two": Form(r"[前头]两天", lambda said, today: today - timedelta(days=2), shifts=False),
    # of a day said before; times.py knows it
    "next": Form(r"第二[天日]|隔[天日]|次日|转天|翌日", lambda said, today: None, shifts=False),
    "part_of_month": Form(
        r"(?<![个上这本下\d一二三四五六七八九十])月(?P<bq>初|中旬|底)(?![一二三四五六七八九])",
        _latest_part_of_month,
        shifts=False,
    ),
}
WITH_YEAR = frozenset({"full", "compact", "day_first", "minguo"})
"""Forms that say the year, and so may lie in the future."""

# 清明前一天, 国庆前夜, 昨天的前一天
_BEFORE = re.compile(rf"的?前(?:(?P<back>{SMALL})(?:[天日]|(?=[晚夜]))|夕|(?=夜))")
_AFTER = re.compile(rf"(?:的|过)?后(?P<on>{SMALL})天")
# 中秋第二天, 国庆第3天, 春节后第三天
_COUNTED = re.compile(rf"(?:的|假期)?(?:(?P<later>后)?第(?P<nth>{SMALL})[天日]|翌日|次日|隔[天日]|转天)")
_AHEAD = re.compile(r"(?:[明后来]年|下一?个)的?$")

PATTERN = re.compile("|".join(f"(?P<{name}>{form.pattern})" for name, form in FORMS.items()))


class Day(NamedTuple):
    """A day as said: where, by which form, and which; None where no single day is meant."""

    start: int
    end: int
    form: str
    day: Optional[date]


def find(text: str, today: date) -> list[Day]:
    """The days named in a text, in order, seen from today. A day of a year to come is none."""
    found = []
    for match in PATTERN.finditer(text):
        name = next(name for name in FORMS if match[name])
        ahead = _AHEAD.search(text[max(0, match.start() - 4) : match.start()])
        day = None if ahead else FORMS[name].day(match.groupdict(), today)
        found.append(_counted_from(Day(*match.span(), name, day), text))
    return found


def _counted_from(said: Day, text: str) -> Day:
    """The day with what is counted from it: 前一天, and after a feast 第三天."""
    form = FORMS[said.form]
    if not form.shifts or said.day is None:
        return said
    counted = _COUNTED.match(text, said.end) if form.counts_on else None
    if counted:
        nth = number(counted["nth"]) - (0 if counted["later"] else 1) if counted["nth"] else 1
        return said._replace(end=counted.end(), day=said.day + timedelta(days=nth))
    for pattern, group, sign in ((_BEFORE, "back", -1), (_AFTER, "on", 1)):
        moved = pattern.match(text, said.end)
        if moved:
            days = number(moved[group]) if moved[group] else 1
            return said._replace(end=moved.end(), day=said.day + timedelta(days=sign * days))
    return said
