"""amount in yuan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .helpers import value, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车损大概三千五", 3500),
        ("三千五百块", 3500),
        ("1.2万", 12000),
        ("一万二", 12000),
        ("1万2左右", 12000),
        ("1w2", 12000),
        ("三千来块", 3000),
        ("五百多", 500),
        ("3k", 3000),
        ("3,500元", 3500),
        ("￥12,800", 12800),
        ("人民币5000", 5000),
        ("医药费总共4521.6元", 4521.6),
        ("三块五", 3.5),
        ("一万八千六", 18600),
        ("十来万", 100000),
        ("二十来万", 200000),
        ("小一万吧", 10000),
        ("千把块钱", 1000),
        ("修车花了6800", 6800),
        ("2万3千5", 23500),
        ("3千2百6", 3260),
        ("4千1百50块", 4150),
        ("自己又掏了1370", 1370),
        ("前后搭进去7400", 7400),
        ("倒贴960", 960),
        ("换了后视镜720", 720),
        ("2万零6百", 20600),
        ("1千零60", 1060),
        ("4万零3百2", 40320),
        ("修理厂收了我1730", 1730),
        ("損失約五萬塊", 50000),
        ("３０００块", 3000),
        ("三仟五佰元", 3500),
        ("赔了人家八百块现金", 800),
        ("大概两三千", [2000, 3000]),
        ("六七百块", [600, 700]),
        ("3000到5000之间", [3000, 5000]),
        ("三到五千", [3000, 5000]),
        ("五万到八万", [50000, 80000]),
        ("少说一万二三", [12000, 13000]),
        ("二三十万", [200000, 300000]),
        ("不是三千是五千", 5000),
        ("应该是五千不是五百", 5000),
        ("刚说的五千不对，是五千八", 5800),
    ],
)
def test_sums(text, expected):
    assert value(text, "amount") == expected


@pytest.mark.parametrize(
    "text",
    [
        "13800138001",
        "京A12345",
        "C202611180000423",
        "PA202600000001",
        "开了八万公里",
        "三个人受伤",
        "我今年50岁",
        "千万别取消",
        "万一不赔呢",
        "打了122",
        "天花板塌了一块",
        "三者买了一百万够不够",
        "百万医疗险",
        "去了万达广场",
        "2026年11月3日",
        "还不知道多少钱",
        "几千吧",
    ],
)
def test_other_numbers_are_no_money(text):
    assert value(text, "amount") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("5000", 5000), ("八百", 800), ("大约三四千", [3000, 4000]), ("没损失", 0)]
)
def test_answer_to_how_much(text, expected):
    assert value(text, "amount", "loss_estimate") == expected


def test_two_sums_are_both_kept():
    assert values("修车要五千五百块，拖车花了四百块")["amount"] == [5500, 400]


def spoken(number):
    """A whole number below 100,000 in full words."""
    out, zero = "", False
    for unit, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif out:
            zero = True
    return out


@settings(max_examples=150, deadline=None)
@given(st.integers(100, 99999))
def test_a_sum_in_words_comes_back(number):
    assert value(f"修车花了{spoken(number)}块钱", "amount") == number


@settings(max_examples=100, deadline=None)
@given(st.integers(100, 9_999_999))
def test_a_sum_in_figures_comes_back(number):
    assert value(f"估计损失{number}元", "amount") == number
    assert value(f"估计损失￥{number:,}", "amount") == number
