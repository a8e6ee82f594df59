"""Forms that customers use and that were read wrongly or not at all, each with what it means."""

from datetime import datetime

import pytest

from bot.values import extract

NOW = datetime.fromisoformat("2026-08-01T07:30:00+08:00")


def values(text, name, awaiting=None):
    return [found["value"] for found in extract(text, NOW, awaiting) if found["entity"] == name]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("尋晚十一點幾俾車撞", "incident_time", "2026-07-31T23:00:00+08:00"),
        ("三八节那天滑倒", "incident_time", "2026-03-08"),
        ("修车大概在万五左右", "amount", 15000),
        ("少年宫路上被追尾了", "location", "少年宫路"),
        ("我在单位机房摔了一跤", "location", "单位机房"),
        ("座机零二一六四三二八七六五", "phone", "02164328765"),
        ("车牌粤Z5678澳", "plate_no", "粤Z5678澳"),
        ("打给我姐姐陈思源", "person_name", "陈思源"),
        ("他叫赵志刚", "person_name", "赵志刚"),
        ("汇到朱永和的账户", "person_name", "朱永和"),
        ("撞了一辆摩托车，他腿断了", "cause", "collision_multi"),
        ("我开车被货车撞了，胳膊断了", "cause", "collision_multi"),
        ("手被滚轴卷进去了", "cause", "injury"),
        ("铲车压坏了机床", "cause", "property_damage"),
        ("修车千八吧", "amount", 1800),
        ("保险杠一万五", "amount", 15000),
        ("不是四个人，是五个人受伤", "injured_count", 5),
        ("更正一下，受伤的不是一个人，是两个人，旁边的客人也被带倒了", "injured_count", 2),
        ("前天上午十点肚子疼，大夫说是阑尾炎，当天就住院开刀了", "incident_time", "2026-07-30T10:00:00+08:00"),
        ("店里好几桌人，就烫伤了她一个", "injured_count", 1),
        ("车上三个人就伤了他一个人，别人没事", "injured_count", 1),
        ("幸好只有我自己一个人受了点伤", "injured_count", 1),
        ("一车坐了四个人，三个受了点伤", "injured_count", 3),
        ("面包车里九个人有两名乘客骨折", "injured_count", 2),
        ("结冰打滑，车子整个翻了", "cause", "collision_single"),
        ("车牌号浙 A · 6 6 P 8 2", "plate_no", "浙A66P82"),
        ("我是那个 周海涛", "person_name", "周海涛"),
        ("我儿子郑浩然因为肺炎住院", "person_name", "郑浩然"),
    ],
)
def test_a_form_is_read(text, name, expected):
    assert values(text, name) == [expected]


@pytest.mark.parametrize(
    ("text", "name", "awaiting"),
    [
        ("三千五", "injured_count", "injured_count"),
        ("两个", "location", "location"),
        ("差点砸到他一个", "injured_count", None),
        ("把他撞了一个大包", "injured_count", None),
        ("倒车撞了就我一个人在车上", "injured_count", None),
        ("把一名过路行人砸伤", "location", None),
    ],
)
def test_what_looks_like_it_is_not_taken_for_it(text, name, awaiting):
    assert values(text, name, awaiting) == []


def test_a_road_named_after_a_feast_is_no_date():
    assert values("八一路和五一路交叉口，撞车了", "incident_time") == []
    assert values("五一那天撞车了", "incident_time") == ["2026-05-01"]
