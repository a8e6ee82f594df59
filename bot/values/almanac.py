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
from typing import Any, Iterable, NamedTuple, Optional

from bot.values import dates, vocabulary
from bot.values.dates import Form, Said

_LUNAR_NAME = re.compile(r"农历(?P<leap>闰?)(?P<month>[^月]+)月(?P<day>.+)")


class _Jionlp(NamedTuple):
    """Its reader of times, called with a text and a time_base; and its lunar calendar."""

    read: Any
    lunar: Any


@lru_cache(maxsize=1)
def _jionlp() -> _Jionlp:
    """Two modules of jionlp; whoever imports the package later in this process gets no more of it.

    Its own __init__ unpacks dictionaries into the installed package and imports a word segmenter under the GPL (jiojio),
    which is neither needed nor installed; so the modules are loaded below a package that only knows where they are.
    Raises ImportError where jionlp is not installed.
    """
    spec = find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("the package jionlp is not installed")
    [folder] = spec.submodule_search_locations
    for name in ("jionlp", "jionlp.util", "jionlp.gadget"):
        place = Path(folder, *name.split(".")[1:])
        bare = spec_from_file_location(name, place / "__init__.py", submodule_search_locations=[str(place)])
        if bare is None:
            raise ImportError(f"{place} is no package of Python sources")
        package = module_from_spec(bare)
        vars(package)["logging"] = logging  # the modules take it from jionlp
        sys.modules.setdefault(name, package)
    from jionlp.gadget.lunar_solar_date import LunarSolarDate
    from jionlp.gadget.time_parser import TimeParser

    return _Jionlp(TimeParser(), LunarSolarDate())


@lru_cache(maxsize=1024)
def day_of(name: str, year: int) -> Optional[date]:
    """The day of that name in a year (of the lunar calendar where the name is of it); None where there is none.

    name: a feast or solar term as jionlp calls it, 12月24日, or 农历八月初三.
    """
    try:
        lunar = _LUNAR_NAME.fullmatch(name)
        if lunar:
            month, day = _month_number(lunar["month"]), _day_number(lunar["day"])
            found: datetime = _jionlp().lunar.to_solar_date(year, month, day, bool(lunar["leap"]))
            return found.date()
        read = _jionlp().read(f"{year}年{name}", time_base=f"{year}-01-01 00:00:00")
    except ValueError:  # jionlp's word for a day there is not, as 闰六月 in a year without one
        return None
    first, last = (datetime.fromisoformat(moment) for moment in read["time"])
    return first.date() if first.date() == last.date() else None


def _month_number(said: str) -> int:
    return {"正": 1, "冬": 11, "腊": 12}.get(said) or dates.number(said)


def _day_number(said: str) -> int:
    """初八, 廿三, 二十三; 二八 is 28, as people count the days before the new year."""
    if len(said) == 2 and said[0] == "二" and said[1] != "十":
        return 20 + dates.number(said[1])
    return dates.number(said.lstrip("初"))


@lru_cache(maxsize=256)
def lunar_day(day: date) -> int:
    """Which day of its lunar month a day is, from 1."""
    return int(_jionlp().lunar.to_lunar_date(datetime.combine(day, time()))[2])


def _latest(name: str, today: date) -> Optional[date]:
    """The latest day of that name that is not after today. A lunar year may end in the year after its own."""
    days = (day_of(name, today.year - back) for back in (0, 1, 2))
    return max((day for day in days if day and day <= today), default=None)


def _named(name: str, year: Optional[str], today: date) -> Optional[date]:
    """The day of a feast; of a year that was said, the one in that year of the common calendar (去年除夕)."""
    if not year:
        return _latest(name, today)
    said = dates.year_of(year, today)
    days = [day for day in (day_of(name, said), day_of(name, said - 1)) if day]
    return next((day for day in days if day.year == said), days[0] if days else None)


def _of_lunar_year(name: str, year: Optional[str], today: date) -> Optional[date]:
    """A day of the lunar calendar; of a year that was said, the one in that lunar year (去年腊月 may end in this one)."""
    if not year:
        return _latest(name, today)
    said = dates.year_of(year, today)
    return next((day for day in (day_of(name, said), day_of(name, said - 1)) if day and day <= today), None)


@lru_cache(maxsize=1)
def _asked() -> dict[str, str]:
    """Word: what jionlp is asked for."""
    words = vocabulary.table("almanac.yml")
    return {"十一": "国庆节", **words["feasts"], **words["cued"], **{term: term for term in words["weather"]}}


def _feast(said: Said, today: date) -> Optional[date]:
    if said["feast_last"]:
        return None  # how long a holiday is, the State Council says anew every year
    day = _named(_asked()[said["feast_name"] or ""], said["feast_year"], today)
    if day and said["feast_date"]:  # 国庆3号
        return dates.safe(day.year, day.month, dates.number(said["feast_date"]))
    return day


def _cued(said: Said, today: date) -> Optional[date]:
    return _named(
        _asked()[said["cued_name"] or said["weather_after"] or said["weather"] or ""], said["cued_year"], today
    )


def _new_year(said: Said, today: date) -> Optional[date]:
    """大年初三, 年二八, 年三十: the days around the lunar new year."""
    day = said["ny_day"] or ""
    name = "除夕" if day in ("三十", "30") else f"农历{'正' if day.startswith('初') else '腊'}月{day}"
    return _named(name, said["ny_year"], today)


def _lunar(said: Said, today: date) -> Optional[date]:
    month, day = (
        (said["marked_month"], said["marked_day"]) if said["marked_month"] else (said["own_month"], said["own_day"])
    )
    return _of_lunar_year(f"农历{month}{day}", said["lunar_year"] or said["marked_year"], today)


def _lunar_day_alone(said: Said, today: date) -> Optional[date]:
    """初八, 这个月初八, 上个月初八: of this or the last lunar month; the latest that has been, where no month was said."""
    number = dates.number((said["in_day"] or said["alone_day"] or "")[1:])
    this = _first_of_lunar_month(today)
    before = _first_of_lunar_month(this - timedelta(days=1))
    in_this, in_last = (first + timedelta(days=number - 1) for first in (this, before))
    month = said["in_month_of"] or ""
    if month.startswith("上") or (not month and in_this > today):
        return in_last
    return in_this


def _first_of_lunar_month(day: date) -> date:
    return day - timedelta(days=lunar_day(day) - 1)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ONES = "一二三四五六七八九"
_FIRST = rf"初[{_ONES}十](?![点号日])"  # not 六月初 and 六点半
_DAY = rf"(?:{_FIRST}|[二廿]十?[{_ONES}]|[二三]十|廿|十[{_ONES}]?|[12]\d|30|[1-9](?!\d)|[{_ONES}](?![个点时]))"
_MONTH = rf"(?:[正腊冬]|十[一二]?|[{_ONES}]|1[0-2]|[1-9])月"
# without 农历: months and days that only the lunar calendar has; 八月十五 stays in the common one, which recognisers write
# without 号
_OWN_MONTH = rf"闰{_MONTH}|[正腊冬]月|(?:十[一二]?|[{_ONES}])月(?={_FIRST}|廿[{_ONES}]?(?![日号{_ONES}]))"
_CUE = (
    r"(?=的?(?:[那当这][天日晚]|那会儿|前[一二两三]|后一|翌日|次日|第二[天日]|隔[天日]|上午|下午|中午|凌晨|傍晚|半夜|前后|前[夕夜]"
    r"|早(?![餐点饭市茶])|晚(?![餐饭报会])|夜(?![市宵班])))"
)
_HOUR = r"(?=[那当][天日晚]|早上|早晨|上午|中午|下午|傍晚|晚上|凌晨|夜里|半夜)"
# roads, places, foods and greetings that are named after a day
_NOT_A_DAY = (
    r"(?![中东南西北]?[一二三]?[路街]|大[道街桥]|广场|小区|新[村城]|商[场圈]|隧道|立交|高架|上河|[公家花]园|[小中大]学|医院|大厦|社区|酒[店吧]|饭店"
    r"|国际|[村镇桥山湖宫巷苑阁楼站坊庄湾府]|节?(?:快乐|快到|粽|月饼|糕|树|礼|活动|促销|优惠|联欢|老人)|粽|饼)"
)
# Of surnames.txt those that stand before a feast in hardly any other sense: 于国庆 and 和中秋 may be no name.
_SURNAME = "王李张刘陈杨赵黄吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董程曹袁邓许沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴汪田姜范姚谭廖邹熊陆郝孔崔康邱秦顾侯邵孟钱汤尹黎贺龚樊"
_NO_NAME = rf"(?<![{_SURNAME}])(?<![叫姓名].)(?<![吃煮])"
_WORDS = vocabulary.table("almanac.yml")

FORMS = {
    "lunar": Form(
        rf"(?:(?P<lunar_year>{dates.YEAR})的?)?(?:(?:[农阴旧老][历曆]的?)\s?(?P<marked_year>{dates.YEAR})?的?(?P<marked_month>闰?{_MONTH})份?的?(?P<marked_day>{_DAY})"
        rf"|(?P<own_month>{_OWN_MONTH})(?P<own_day>{_DAY}))[日号]?",
        _lunar,
        counts_on=True,
    ),
    # alone only where a part of the day follows: 初三 is a year of school too
    "lunar_day_alone": Form(
        rf"(?P<in_month_of>这个?月|本月|上个?月)(?P<in_day>初[二三四五六七八九十])(?![点号日个几十])"
        rf"|(?<![月年当最起开上读念升儿女子孩学])(?P<alone_day>初[二三四五六七八九十]){_HOUR}",
        _lunar_day_alone,
        counts_on=True,
    ),
    "new_year": Form(
        rf"(?:(?P<ny_year>{dates.YEAR})的?(?:大年|过?年)|大年|过年|(?<![去今明前后当上半全同每往整青中学业{_ONES}十\d])年)"
        rf"(?P<ny_day>初[{_ONES}十]|三十|30|[二廿]十?[{_ONES}])(?:[那当][天日]|的时候)?(?![个岁天来出多])",
        _new_year,
        counts_on=True,
    ),
    "feast": Form(
        rf"(?:(?P<feast_year>{dates.YEAR}|(?<!\d)20\d\d)的?|(?<![\d{_ONES}零幺]){_NO_NAME})"
        rf"(?P<feast_name>{_any(_WORDS['feasts'])}|十一(?(feast_year)(?![月点号日个人天])|(?=[那当假放黄期长])))(?![{_ONES}零\d]+(?![{_ONES}\d号日])){_NOT_A_DAY}节?"
        rf"(?:(?:假期|长假|假)?(?P<feast_last>最后一天|倒数)|(?P<feast_date>\d{{1,2}}|[{_ONES}十]{{1,2}})[号日]"
        r"|(?:假期|长假|假)?(?:[那当][天日]|那会儿|期间|放假|的时候)?)",
        _feast,
        counts_on=True,
    ),
    # 霜降那天, 去年冬至; of 大雪 and its like, which are weather too, only with 节气
    "cued": Form(
        rf"(?:(?P<cued_year>{dates.YEAR}|20\d\d)的?)?(?:{_NO_NAME}(?P<cued_name>{_any(_WORDS['cued'])})(?(cued_year){_NOT_A_DAY}|{_CUE})"
        rf"|节气(?:是|的)?(?P<weather_after>{_any(_WORDS['weather'])})|(?P<weather>{_any(_WORDS['weather'])})节气)(?:[那当][天日])?",
        _cued,
        counts_on=True,
    ),
}
