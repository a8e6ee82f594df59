"""Days that have names: feasts, days of the lunar calendar and solar terms, reckoned by jionlp.

Source: jionlp, gadget/time_parser.py and lunar_solar_date.py (tables of the lunar calendar from 1900 to 2100).
"""

from __future__ import annotations

import logging
import re
import sys
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Iterable, NamedTuple, Optional

from bot.values import dates, vocabulary
from bot.values.dates import Form, Said

_DAYS_SEARCHED = 60
"""Days in which every day of a lunar month comes at least once, and nearly always twice."""
_LUNAR = re.compile(r"农历(?P<leap>闰?)(?P<month>[^月]+)月(?P<day>.+)")


class _Calendar(NamedTuple):
    parse: Any
    lunar: Any


@lru_cache(maxsize=1)
def _calendar() -> _Calendar:
    """jionlp's reader of times and its lunar calendar, without the rest of the package.

    Its own __init__ unpacks dictionaries into the installed package and imports a word segmenter under the GPL (jiojio),
    which is neither needed nor installed; so the two modules are loaded below a package that only knows where they are.
    Raises ImportError where jionlp is not installed.
    """
    spec = find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("the package jionlp is not installed")
    [folder] = spec.submodule_search_locations
    for name in ("jionlp", "jionlp.util", "jionlp.gadget"):
        place = Path(folder, *name.split(".")[1:])
        bare = spec_from_file_location(name, place / "__init__.py", submodule_search_locations=[str(place)])
        package = module_from_spec(bare) if bare else ModuleType(name)
        vars(package)["logging"] = logging  # the modules take it from jionlp
        sys.modules.setdefault(name, package)
    from jionlp.gadget.lunar_solar_date import LunarSolarDate
    from jionlp.gadget.time_parser import TimeParser

    return _Calendar(TimeParser(), LunarSolarDate())


@lru_cache(maxsize=1024)
def day_of(name: str, year: int) -> Optional[date]:
    """The day of that name in a year (of the lunar calendar where the name is of it); None where there is none.

    name: a feast or solar term as jionlp calls it, 12月24日, or 农历八月初三.
    """
    try:
        lunar = _LUNAR.fullmatch(name)
        if lunar:
            month, day = _month_number(lunar["month"]), dates.number(lunar["day"].lstrip("初"))
            found: datetime = _calendar().lunar.to_solar_date(year, month, day, bool(lunar["leap"]))
            return found.date()
        read = _calendar().parse(f"{year}年{name}", time_base=f"{year}-01-01 00:00:00")
    except ValueError:  # jionlp's word for a day there is not, as 闰六月 in a year without one
        return None
    first, last = (datetime.fromisoformat(moment) for moment in read["time"])
    return first.date() if first.date() == last.date() else None


def _month_number(said: str) -> int:
    return {"正": 1, "冬": 11, "腊": 12}.get(said) or dates.number(said)


def lunar_day(day: date) -> int:
    """Which day of its lunar month a day is, from 1."""
    return int(_calendar().lunar.to_lunar_date(datetime.combine(day, time()))[2])


def _latest(name: str, today: date) -> Optional[date]:
    """The latest day of that name that is not after today. A lunar year may end in the year after its own."""
    days = (day_of(name, today.year - back) for back in (0, 1, 2))
    return max((day for day in days if day and day <= today), default=None)


def _in_year(name: str, said: str, today: date) -> Optional[date]:
    """The day of that name in the calendar year said, 去年; else the one of the lunar year of that number."""
    year = dates.year_of(said, today)
    days = [day for day in (day_of(name, year), day_of(name, year - 1)) if day]
    return next((day for day in days if day.year == year), days[0] if days else None)


def _named(name: str, year: Optional[str], today: date) -> Optional[date]:
    return _in_year(name, year, today) if year else _latest(name, today)


@lru_cache(maxsize=1)
def _asked() -> dict[str, str]:
    """Word: what jionlp is asked for."""
    words = vocabulary.table("almanac.yml")
    return {
        "十一": "国庆节",
        **words["feasts"],
        **{term: term for kind in ("terms", "weather") for term in words[kind]},
    }


def _feast(said: Said, today: date) -> Optional[date]:
    day = _named(_asked()[said["feast_name"] or ""], said["feast_year"], today)
    return None if said["feast_last"] else day  # how long a holiday is, the State Council says anew every year


def _term(said: Said, today: date) -> Optional[date]:
    return _named(said["term_name"] or said["term_weather"] or said["term_marked"] or "", said["term_year"], today)


def _new_year(said: Said, today: date) -> Optional[date]:
    """大年初三, 年二八, 年三十: the days around the lunar new year."""
    word = said["ny_day"] or ""
    name = (
        "除夕"
        if word in ("三十", "30")
        else f"农历正月{word}"
        if word.startswith("初")
        else f"农历腊月{_spelled(word)}"
    )
    return _named(name, said["ny_year"], today)


def _spelled(day: str) -> str:
    """二八, as said of the days before the new year, as jionlp reads it: 二十八."""
    return f"二十{day[1]}" if len(day) == 2 and day[0] == "二" and day[1] != "十" else day


def _lunar(said: Said, today: date) -> Optional[date]:
    month, day = (said["lu_month"], said["lu_day"]) if said["lu_month"] else (said["lu_month2"], said["lu_day2"])
    name, year = f"农历{month}{day}", said["lu_year"]
    if year:
        return day_of(name, dates.year_of(year, today))  # 去年腊月 may lie in this January
    return _latest(name, today)


def _lunar_in_month(said: Said, today: date) -> Optional[date]:
    """初八, 这个月初八, 上个月初八: the latest such day, or the one before it."""
    wanted, months = dates.number((said["lm_day"] or "")[1:]), 1 if (said["lm_month"] or "").startswith("上") else 0
    days = [day for back in range(_DAYS_SEARCHED) if lunar_day(day := today - timedelta(days=back)) == wanted]
    return days[months] if len(days) > months else None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TENS = "一二三四五六七八九"
_LUNAR_DAY = (
    rf"(?:初[{_TENS}十]|[二廿]十?[{_TENS}]|[二三]十|廿|十[{_TENS}]?|[12]\d|30|[1-9](?!\d)|[{_TENS}](?![个点时]))"
)
_LUNAR_MONTH = rf"闰?(?:[正腊冬]|十[一二]?|[{_TENS}]|1[0-2]|[1-9])月"
_CUE = r"(?=的?(?:[那当这][天日晚]|那会儿|前一|后一|翌日|次日|第二[天日]|隔[天日]|早|晚|上午|下午|中午|凌晨|傍晚|夜|半夜|前后))"
_NO_ROAD = r"(?![中东南西北]?[一二三]?[路街]|大[道街桥]|广场|小区|新村|商场|隧道|立交|上河|公园|[小中大]学|医院|大厦|花园|社区|酒店|饭店|[村镇桥山湖])"
_WORDS = vocabulary.table("almanac.yml")

FORMS = {
    "lunar": Form(
        rf"(?:(?P<lu_year>{dates.YEAR})的?)?(?:(?:[农阴旧老][历曆]的?)\s?(?P<lu_month>{_LUNAR_MONTH})份?的?(?P<lu_day>{_LUNAR_DAY})"
        rf"|(?P<lu_month2>闰{_LUNAR_MONTH[2:]}|[正腊冬]月|(?:十[一二]?|[{_TENS}])月(?=初[{_TENS}十]|廿[{_TENS}]?(?![日号{_TENS}])))(?P<lu_day2>{_LUNAR_DAY}))[日号]?",
        _lunar,
    ),
    "lunar_in_month": Form(
        r"(?:(?P<lm_month>这个?月|本月|上个?月)|(?<![月年当最起开]))(?P<lm_day>初[二三四五六七八九十])(?=[那当][天日]|早|晚|上午|下午|中午|凌晨|夜|的|[,，]|$)",
        _lunar_in_month,
    ),
    "new_year": Form(
        rf"(?:(?P<ny_year>{dates.YEAR})的?)?(?:大年|(?<![去今明前后当上半全同每往年{_TENS}十\d])年)"
        rf"(?P<ny_day>初[{_TENS}十]|三十|30|[二廿]十?[{_TENS}])(?:[那当][天日]|的时候)?(?![个岁])",
        _new_year,
    ),
    "feast": Form(
        rf"(?:(?P<feast_year>{dates.YEAR})的?)?(?<![\d{_TENS}零幺])(?<![叫姓名].)(?P<feast_name>{_any(_WORDS['feasts'])}|十一(?=[那当假放黄]))(?![\d{_TENS}零]){_NO_ROAD}节?"
        r"(?:(?:假期|长假|假)?(?P<feast_last>最后一天)|(?:假期|长假|假)?(?:[那当][天日]|那会儿|期间|放假|的时候)?)",
        _feast,
    ),
    # 霜降那天; of 大雪 and its like, which are weather too, only with 节气
    "term": Form(
        rf"(?:(?P<term_year>{dates.YEAR})的?)?(?:(?P<term_name>{_any(_WORDS['terms'])}){_CUE}|节气(?:是|的)?(?P<term_weather>{_any(_WORDS['weather'])})"
        rf"|(?P<term_marked>{_any([*_WORDS['terms'], *_WORDS['weather']])})节气)(?:[那当][天日])?",
        _term,
    ),
}
