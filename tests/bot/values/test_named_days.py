"""Days with names, and days that are counted; the moment is Wednesday 2026-11-25 16:20 where a test names no other."""

from datetime import date, datetime, timedelta, timezone

import pytest

from bot.values import almanac

from .helpers import value

SUMMER = datetime(2026, 8, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))  # a Monday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历八月初三摔的", "2026-09-13"),
        ("阴历七月十四晚上九点烧了窗帘", "2026-08-26T21:00:00+08:00"),
        ("去年闰六月初三摔的", "2025-07-27"),
        ("正月十五晚上车被烟花烧了", "2026-03-03T20:00:00+08:00"),
        ("腊月二十三着火了", "2026-02-10"),
        ("去年腊月廿八追尾", "2026-02-15"),
        ("大年初三上午被撞", "2026-02-19T10:00:00+08:00"),
        ("年二八那天摔了", "2026-02-15"),
        ("年三十晚上被烟花砸了车", "2026-02-16T20:00:00+08:00"),
        ("初八那天在院里摔了", "2026-11-16"),
        ("上个月初八晚上撞的", "2026-10-17T20:00:00+08:00"),
        ("中元节晚上烧了雨棚", "2026-08-27T20:00:00+08:00"),
        ("重陽節翌日被砸", "2026-10-19"),
        ("端午节前一天下午撞了", "2026-06-18T15:00:00+08:00"),
        ("国庆假期第三天被追尾", "2026-10-03"),
        ("佛誕嗰日割傷手", "2026-05-24"),
        ("母亲节那天摔了", "2026-05-10"),
        ("去年中秋节被撞", "2025-10-06"),
        ("霜降那天早上撞了石墩", "2026-10-23T08:00:00+08:00"),
        ("白露前一天半夜水管爆了", "2026-09-06T23:00:00+08:00"),
        ("今年圣诞节前一天被撞了", None),
        ("大年初一晚上八点着火", "2026-02-17T20:00:00+08:00"),
        ("国庆3号撞的", "2026-10-03"),
        ("腊月二八撞的", "2026-02-15"),
        ("去年年三十摔了", "2025-01-28"),
        ("今年年三十晚上摔了", "2026-02-16T20:00:00+08:00"),
        ("三月初三点多撞的", "2026-03-01T15:00:00+08:00"),
        ("上个月初五撞的", "2026-10-14"),
        ("春节后第三天撞的", "2026-02-20"),
        ("国庆第3天被撞", "2026-10-03"),
        ("圣诞前夜追尾", "2025-12-24T23:00:00+08:00"),
        ("去年冬至撞的", "2025-12-21"),
        ("六一那天摔了", "2026-06-01"),
        ("去年十一被撞", "2025-10-01"),
        ("平安夜晚上十点车门被踹了个坑", "2025-12-24T22:00:00+08:00"),
        ("二二八當天下午在陽明山擦到車", "2026-02-28T15:00:00+08:00"),
        ("2025国庆追尾", "2025-10-01"),
        ("农历2025年六月十五摔的", "2025-07-09"),
    ],
)
def test_a_day_with_a_name(text: str, expected: str) -> None:
    assert value(text, "incident_time") == expected


def test_last_month_is_a_lunar_month_where_its_days_are() -> None:
    assert value("上个月初三撞的", "incident_time", now=SUMMER.replace(month=7, day=15)) == "2026-06-17"


def test_a_feast_that_is_still_to_come_was_the_one_a_year_ago() -> None:
    assert value("中秋那天追尾", "incident_time", now=SUMMER) == "2025-10-06"


@pytest.mark.parametrize(
    "text",
    [
        "那天大雪路滑摔了",
        "我叫樊国庆，摔伤了",
        "李国庆撞的我",
        "在周六福金店门口被砸了",
        "我在星期五餐廳門口滑倒",
        "车停在七夕路被刮了",
        "五一广场口追尾",
        "国庆家园着火",
        "重阳巷被撞",
        "一个小年轻骑车撞我",
        "读初三的儿子摔了",
        "初二的学生撞了我",
        "我女儿初三，摔断了胳膊",
        "对方是个中年三十来岁的男人，撞了我",
        "吃元宵烫伤了",
        "谷雨夜市着火",
        "明年国庆去旅游的保险",
        "保险2026年前买的，撞了",
        "修车花了115/3/2",
    ],
)
def test_weather_names_and_roads_are_no_days(text: str) -> None:
    assert value(text, "incident_time") is None


def test_heavy_snow_is_a_day_where_it_is_called_one_of_the_terms() -> None:
    assert value("节气大雪那天下午三点摔的", "incident_time") == "2025-12-07T15:00:00+08:00"


def test_how_long_a_holiday_is_nobody_can_reckon() -> None:
    assert value("国庆假期最后一天追尾", "incident_time") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上个月第一个礼拜一被砸了脚", "2026-10-05"),
        ("九月最后一个周日踢球断了腿", "2026-09-27"),
        ("去年七月第二个星期六摔的", "2025-07-12"),
        ("这个月头一个周末，就是星期六那天滑雪摔了", "2026-11-07"),
        ("二月第五个周一摔的", None),
        ("上个月最后一天撞的", "2026-10-31"),
        ("去年最后一天晚上十一点半被挤倒踩伤", "2025-12-31T23:30:00+08:00"),
        ("今年第一天被撞", "2026-01-01"),
        ("11月第二个周六撞的", "2026-11-14"),
        ("上个月倒数第二天被砸", "2026-10-30"),
        ("11月最后一天撞的", "2025-11-30"),
        ("11月最后一个周日撞了", "2025-11-30"),
        ("上周五前一天晚上撞的", "2026-11-19T20:00:00+08:00"),
        ("11月3号后一天被撞", "2026-11-04"),
        ("去年的今天出了车祸", "2025-11-25"),
        ("上周的今天闪了腰", "2026-11-18"),
        ("一周前的周三扭伤", "2026-11-18"),
        ("前天的前一天烫伤了", "2026-11-22"),
        ("昨天这个时候被刮了", "2026-11-24T16:20:00+08:00"),
        ("120天前撞的", "2026-07-28"),
        ("民国115年11月3日摔的", "2026-11-03"),
        ("115/9/28 14:05追撞", "2026-09-28T14:05:00+08:00"),
        ("昨天1520倒车撞柱子", "2026-11-24T15:20:00+08:00"),
        ("11月20日2220時被撞倒", "2026-11-20T22:20:00+08:00"),
        ("琴日下晝三點三個字俾架的士撞到", "2026-11-24T15:15:00+08:00"),
        ("这周一早上被顶了一下", "2026-11-23T08:00:00+08:00"),
        ("今儿早起六点多被狗咬了", "2026-11-25T06:00:00+08:00"),
        ("俺夜来干活摔了", "2026-11-24"),
        ("清明杰后一天树枝划伤眼睛", "2026-04-06"),
        ("上个越10号滑倒", "2026-10-10"),
        ("昨天网上八点半追尾", "2026-11-24T20:30:00+08:00"),
    ],
)
def test_a_day_that_is_counted(text: str, expected: str) -> None:
    assert value(text, "incident_time") == expected


@pytest.mark.parametrize(
    ("text", "amount"),
    [("昨天撞了，1520元", 1520), ("昨天 1520 元修车", 1520), ("昨天撞了修车2000多", 2000)],
)
def test_four_figures_are_no_hour_where_they_are_a_sum(text: str, amount: int) -> None:
    assert value(text, "amount") == amount
    assert value(text, "incident_time") in ("2026-11-24", None)


@pytest.mark.parametrize(
    "text", ["昨天1502室漏水", "昨天1808房间着火", "昨天2012款奥迪追尾", "昨天1500修车撞了", "今天1314路公交撞了我"]
)
def test_four_figures_are_no_hour_where_they_count_something_else(text: str) -> None:
    assert "T" not in (value(text, "incident_time") or "")


def test_every_day_of_the_lunar_year_is_reckoned_once() -> None:
    months = [f"农历{month}月" for month in ("正", *"二三四五六七八九十", "冬", "腊")]
    ones = "一二三四五六七八九"
    numbers = [*(f"初{day}" for day in ones + "十"), *(f"十{day}" for day in ones)]
    numbers += ["二十", *(f"廿{day}" for day in ones), "三十"]
    days = [day for month in months for number in numbers if (day := almanac.day_of(month + number, 2026))]
    assert days == sorted(set(days))
    assert (days[0], days[-1], len(days)) == (date(2026, 2, 17), date(2027, 2, 5), 354)


def test_of_last_years_twelfth_month_the_end_may_lie_in_this_year() -> None:
    now = datetime(2027, 2, 20, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    assert value("去年腊月二十八摔了", "incident_time", now=now) == "2027-02-04"
    assert value("去年腊月初八摔了", "incident_time", now=now.replace(month=1, day=2)) == "2026-01-26"


def test_what_is_no_day_is_none() -> None:
    assert almanac.day_of("农历闰六月初三", 2026) is None
    assert almanac.day_of("农历冬月三十五", 2026) is None
