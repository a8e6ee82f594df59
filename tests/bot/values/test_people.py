"""Counts of the hurt, marks, names, and the helpers police_reported, third_party, injured."""

import pytest

from .helpers import value, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人没事", 0),
        ("没人受伤", 0),
        ("沒有人受傷", 0),
        ("无人员伤亡", 0),
        ("没伤到人", 0),
        ("大家都没事", 0),
        ("人都好好的", 0),
        ("没人受商", 0),
        ("三个人受伤", 3),
        ("两个人受了点轻伤", 2),
        ("伤了俩", 2),
        ("伤者两名", 2),
        ("我和老婆都受伤了", 2),
        ("我跟我爸我妈", None),
        ("5人受伤，其中2人重伤", 5),
        ("两死一伤", 1),
        ("就司机一个人受了轻伤", 1),
        ("我没事，对方司机受伤了", 1),
        ("一个大人两个小孩受伤", 3),
        ("受伤人数改成3", 3),
        ("小巴翻了伤4个", 4),
        ("热汤烫到两名顾客", 2),
        ("花盆砸着俩路人", 2),
        ("把三个学生撞了", 3),
        ("俩行人被我碰倒了", 2),
        ("倒车碰到一个大爷", None),
        ("一位乘客喊脖子疼", 1),
        ("狗把人家两个小孩咬了", 2),
        ("楼梯塌了摔了三个工人", 3),
        ("一车六个人伤了四个", 4),
        ("石头把车窗砸了3个", None),
        ("俩人都说腰疼", 2),
        ("三位乘客都说头晕脖子痛", 3),
        ("我和我爱人都喊脖子痛", 2),
        ("差点碰到两个小孩", None),
        ("蹭了两个邻居的车", None),
        ("烫伤两个手指", None),
        ("两个膝盖疼", None),
        ("住了三天院", None),
        ("车上有两个人", None),
        ("有人受伤", None),
        ("人受伤了", None),
        ("修了三个地方", None),
    ],
)
def test_how_many_were_hurt(text, expected):
    assert value(text, "injured_count") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2", 2), ("没有", 0), ("就我一个", 1), ("我和我儿子", 2), ("俩", 2), ("1个人", 1), ("不清楚", None)],
)
def test_answer_to_how_many_were_hurt(text, expected):
    assert value(text, "injured_count", "injured_count") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打四分", 4),
        ("给個5分", 5),
        ("五星好评", 5),
        ("四颗星", 4),
        ("满分", 5),
        ("三分吧", 3),
        ("服务非常满意", 5),
        ("2个人", None),
        ("三点十分", None),
        ("十分钟", None),
        ("三分之一", None),
        ("10分", None),
        ("百分之五", None),
        ("态度太差了", None),
    ],
)
def test_marks(text, expected):
    assert value(text, "rating") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", 4), ("满意", 4), ("一般般吧", 3), ("不满意", 2), ("不太好", 2), ("五", 5), ("2个人", None), ("8", None)],
)
def test_answer_to_how_satisfied(text, expected):
    assert value(text, "rating", "rating") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫张伟", "张伟"),
        ("您好，我是李娜", "李娜"),
        ("叫陳志明", "陳志明"),
        ("联系人写孙丽电话13800138005", "孙丽"),
        ("报案人：赵强，男", "赵强"),
        ("我叫李娜昨天追尾了", "李娜"),
        ("不是我开的车，司机是赵强", "赵强"),
        ("我叫欧阳浩然", "欧阳浩然"),
        ("我是江苏的", None),
        ("我在高速上", None),
        ("司机全责", None),
        ("我是单方事故", None),
        ("我是本人", None),
        ("查进度 C202611180000423", None),
        ("查赔款 13800138005", None),
        ("我是修车的", None),
        ("阳台 13800138005", None),
        ("方晴 13800138005", "方晴"),
        ("我叫查思远", "查思远"),
    ],
)
def test_names(text, expected):
    assert value(text, "person_name") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没报警", False),
        ("还没有报警", False),
        ("没叫交警", False),
        ("私了了", False),
        ("已经报警了", True),
        ("報警了", True),
        ("交警来过了", True),
        ("110来了", True),
        ("打了122", True),
        ("交警出了认定书", True),
        ("刚说没报警，其实有报", True),
        ("需要报警吗", None),
        ("报警了吗", None),
        ("要不要报警", None),
        ("追尾了", None),
    ],
)
def test_police(text, expected):
    assert value(text, "police_reported") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("追尾了前车", True),
        ("被后车追尾", True),
        ("对方全责", True),
        ("撞到一个行人", True),
        ("撞了电动车", True),
        ("自己撞的墙", False),
        ("自己撞到护栏", False),
        ("没有第三方", False),
        ("单方事故", False),
        ("没撞到别人", False),
        ("玻璃碎了", None),
        ("三者险怎么赔", None),
    ],
)
def test_third_party(text, expected):
    assert value(text, "third_party") == expected


@pytest.mark.parametrize(
    ("text", "hurt"),
    [
        ("有人受伤了", True),
        ("腿在流血", True),
        ("手骨折了", True),
        ("人被困在车里", True),
        ("他昏迷了", True),
        ("三个人受伤", True),
        ("没人受伤", False),
        ("如果有人受伤怎么赔", False),
        ("车启动不了", False),
        ("意外伤害险", False),
    ],
)
def test_somebody_is_hurt(text, hurt):
    assert values(text).get("injured") == ([True] if hurt else None)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("没有", "police_reported", False),
        ("报了", "police_reported", True),
        ("有", "third_party", True),
        ("没有", "third_party", False),
    ],
)
def test_yes_and_no_to_the_question_asked(text, name, expected):
    assert values(text, name) == {name: [expected]}
