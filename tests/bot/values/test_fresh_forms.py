"""Forms that fresh batches of sentences showed: each a class of mistakes, not a sentence of a batch."""

import pytest

from .helpers import value


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("荣乌高速威海段三百一十公里处爆胎", "荣乌高速威海段三百一十公里处"),
        ("车停在福星小区停车位被刮了", "福星小区停车位"),
        ("从这里到成功路追尾了", "成功路"),
    ],
)
def test_a_place_reaches_to_its_end(text: str, place: str) -> None:
    assert value(text, "location") == place


def test_a_dance_is_no_square() -> None:
    assert value("我妈跳广场舞扭了腰", "location") is None


def test_a_distance_is_no_sum() -> None:
    assert value("沪渝高速一百五十公里处追尾", "amount") is None


def test_a_number_that_ends_catchwords_of_a_loss_is_a_sum() -> None:
    assert value("追尾 保险杠碎了 1800", "amount") == 1800


def test_a_quoted_repair_is_no_paper() -> None:
    assert value("师傅维修报价3600", "material_kind") is None


def test_that_end_of_october_is_no_count_of_months() -> None:
    assert value("那个十月底我在工地上被钢管砸了", "incident_time") == "2026-10-31"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("车玻璃被敲碎，烟和酒都没了", "theft"),
        ("脚被铁皮划了一道", "injury"),
        ("花盆掉下去砸到邻居的车", "third_party_property"),
        ("瓦片掉下来砸到路过的一个人", "third_party_injury"),
        ("前车突然急刹我没刹住", "collision_multi"),
        ("冷柜停电肉都变质了", "property_damage"),
        ("骑摩托下坡翻了，摔断了锁骨", "injury"),
    ],
)
def test_causes_told_in_other_words(text: str, cause: str) -> None:
    assert value(text, "cause") == cause


def test_a_date_counts_before_a_part_of_a_month() -> None:
    assert value("我记错了，是上个月初的事，10月23日早上八点", "incident_time") == "2026-10-23T08:00:00+08:00"
