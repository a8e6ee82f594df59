"""incident_time; the moment of every sentence is Wednesday 2026-11-25 16:20."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .helpers import NOW, value


def iso(day, clock=None):
    return f"2026-{day}" + (f"T{clock}:00+08:00" if clock else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天下午三点多追尾了", iso("11-24", "15:00")),
        ("前儿出的事", iso("11-23")),
        ("11月8号出了险，钱哪天能下来", iso("11-08")),
        ("大前天", iso("11-22")),
        ("昨儿个晌午", iso("11-24", "12:00")),
        ("寻日下昼五点", iso("11-24", "17:00")),
        ("上礼拜五夜里", iso("11-20", "23:00")),
        ("上个星期天晚上八点", iso("11-22", "20:00")),
        ("上上周四", iso("11-12")),
        ("周一", iso("11-23")),
        ("周五", iso("11-20")),
        ("周三", iso("11-25")),
        ("今早", iso("11-25", "08:00")),
        ("昨晚十点", iso("11-24", "22:00")),
        ("昨晚十二点", iso("11-25", "00:00")),
        ("昨天凌晨两点", iso("11-24", "02:00")),
        ("昨天半夜", iso("11-24", "23:00")),
        ("半夜一点来钟", iso("11-25", "01:00")),
        ("中午", iso("11-25", "12:00")),
        ("傍晚六点一刻", iso("11-24", "18:15")),
        ("下午三点三刻", iso("11-25", "15:45")),
        ("差十分八点", iso("11-25", "07:50")),
        ("上个月15号", iso("10-15")),
        ("上个月底", iso("10-31")),
        ("15号上午", iso("11-15", "10:00")),
        ("28号", iso("10-28")),
        ("11月3号早上八点半", iso("11-03", "08:30")),
        ("十一月三号八点半", iso("11-03", "08:30")),
        ("2026年11月3日14:20", iso("11-03", "14:20")),
        ("二零二六年十一月三号下午两点二十", iso("11-03", "14:20")),
        ("2026-11-03 14:20", iso("11-03", "14:20")),
        ("20261103", iso("11-03")),
        ("11/18 晚8点15分", iso("11-18", "20:15")),
        ("12月3号", "2025-12-03"),
        ("去年12月", "2025-12-01"),
        ("去年12月3号住的院", "2025-12-03"),
        ("国庆那天下午", iso("10-01", "15:00")),
        ("中秋节晚上", iso("09-25", "20:00")),
        ("刚才", iso("11-25", "16:20")),
        ("我刚刚追尾了", iso("11-25", "16:20")),
        ("半个钟头前", iso("11-25", "15:50")),
        ("两小时前", iso("11-25", "14:20")),
        ("一个半小时以前", iso("11-25", "14:50")),
        ("一刻钟前", iso("11-25", "16:05")),
        ("大概20分钟前", iso("11-25", "16:00")),
        ("三天前", iso("11-22")),
        ("一个礼拜前", iso("11-18")),
        ("两个月前", iso("09-25")),
        ("昨天我开车出去，下午三点多在路口追尾", iso("11-24", "15:00")),
        ("昨填下午三典", iso("11-24", "15:00")),
        ("周五（11月20号）早上", iso("11-20", "08:00")),
        ("不是昨天，是前天", iso("11-23")),
        ("不对，是前天晚上", iso("11-23", "20:00")),
        ("昨天吧不对前天下午两点左右", iso("11-23", "14:00")),
        ("是上周四不是上周五", iso("11-19")),
        ("电动车自燃了今早五点", iso("11-25", "05:00")),
        ("自己昨天中午滑了一跤", iso("11-24", "12:00")),
        ("从梯子上周五下午掉下来", iso("11-20", "15:00")),
        ("在路口等红灯昨天早上被追尾", iso("11-24", "08:00")),
        ("前天夜里十一点门卫打电话说仓库冒烟着火了", iso("11-23", "23:00")),
        ("昨天上午接到幼儿园通知，孩子胳膊骨折了", iso("11-24", "10:00")),
        ("今天上午九点他追了我车的尾", iso("11-25", "09:00")),
        ("周日晚上停的，次日早上发现车门被划", iso("11-22", "20:00")),
        ("周日晚上撞的，次日上午去的医院", iso("11-22", "20:00")),
        ("昨天停在厂门口，隔天轮胎被扎了", iso("11-25")),
        ("上月9号民警来电通知我女儿出事了", iso("10-09")),
        ("10月8曰被狗咬了", iso("10-08")),
        ("十月二十好摔的", iso("10-20")),
        ("前天五点多老师来电叫我去学校说孩子磕掉了牙", iso("11-23", "17:00")),
        ("昨天下五在厂里砸了脚", iso("11-24", "15:00")),
        ("12号电瓶车被偷了", iso("11-12")),
        ("9号门诊看的", iso("11-09")),
    ],
)
def test_when_it_happened(text, expected):
    assert value(text, "incident_time") == expected


@pytest.mark.parametrize(
    "text",
    [
        "材料三十天内交可以吗",
        "住了三天院",
        "等待期是90天吗",
        "我58岁了",
        "保单下个月20号到期",
        "去年12月买的保险",
        "我上周报的案怎么没人联系",
        "昨天报的案",
        "明天下午三点能来查勘吗",
        "预约周五上午十点",
        "改约周五下午",
        "30号之前必须交齐吗",
        "周末能理赔吗",
        "今天天气怎么样",
        "刚才说错了",
        "晚上好",
        "早上好！",
        "快一点",
        "抢救了一晚上",
        "C202611180000423",
        "朝阳路12号",
        "第三点不明白",
        "你们24小时都有人吗",
        "从昨天下午就一直没人接电话",
        "昨天客服打电话说要补材料",
        "周二接到保险公司电话让补照片",
        "上周理赔员通知我追尾的案子少一张照片",
        "车停路边隔天早上起来玻璃就碎了",
        "2号出口台阶上滑倒",
        "充电站5号桩短路",
        "8号车厢里行李砸到人",
    ],
)
def test_other_times_are_not_the_loss(text):
    assert value(text, "incident_time") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三点多", iso("11-25", "15:00")),
        ("八点", iso("11-25", "08:00")),
        ("一点", iso("11-25", "13:00")),
        ("明天上午十点", iso("11-26", "10:00")),
    ],
)
def test_answer_to_when(text, expected):
    assert value(text, "incident_time", "incident_time") == expected


DIGITS = "零一二三四五六七八九十"


def in_words(number):
    if number <= 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 300), st.integers(0, 23), st.integers(0, 59), st.booleans())
def test_a_written_time_comes_back(days_ago, hour, minute, words):
    moment = (NOW - timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0)
    part = "凌晨" if hour < 6 else "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 18 else "晚上"
    said = hour if hour <= 12 else hour - 12
    number = in_words if words else str
    clock = f"{number(said)}点" + (f"{'零' if words and 0 < minute < 10 else ''}{number(minute)}分" if minute else "")
    text = f"我是{moment.year}年{number(moment.month)}月{number(moment.day)}号{part}{clock}出的事"
    assert value(text, "incident_time") == moment.isoformat()
