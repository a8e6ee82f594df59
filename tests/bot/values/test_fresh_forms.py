"""Forms that fresh batches of sentences showed: each a class of mistakes, not a sentence of a batch."""

import pytest

from bot.values.numbers import small

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


@pytest.mark.parametrize(
    ("text", "plate"),
    [("我的车牌AB 1234被人刮了", "AB1234"), ("車牌號：ABC-5678", "ABC5678"), ("车牌京A12345", "京A12345")],
)
def test_a_plate_of_hong_kong_or_taiwan_is_read_where_it_is_called_one(text: str, plate: str) -> None:
    assert value(text, "plate_no") == plate


def test_two_letters_and_figures_alone_are_no_plate() -> None:
    assert value("快递单号SF1234", "plate_no") is None


@pytest.mark.parametrize(("text", "day"), [("十月廿二号出的事", "-10-22"), ("八月卅一号被追尾", "-08-31")])
def test_twenty_and_thirty_in_one_character(text: str, day: str) -> None:
    assert str(value(text, "incident_time")).endswith(day)


def test_what_is_no_number_behind_twenty_is_none() -> None:
    assert (small("廿三"), small("廿"), small("廿十")) == (23, 20, None)


def test_just_now_at_that_place_is_now() -> None:
    assert value("刚才在那个建设路路口跟人追尾了", "incident_time") == "2026-11-25T16:20:00+08:00"
    assert value("刚才那个材料发错了", "incident_time") is None


def test_a_sum_stands_before_the_name_of_an_insurance() -> None:
    assert value("看病花了2万4千6 医疗险能报吗", "amount") == 24600
    assert value("三者险买的200万三者够不够", "amount") is None


def test_a_name_may_end_like_a_word() -> None:
    assert value("对方叫李志刚电话我没记", "person_name") == "李志刚"


@pytest.mark.parametrize("text", ["我姑父昨天突发脑溢血走了", "骑车摔的，人当晚就没了"])
def test_a_death_told_in_other_words(text: str) -> None:
    assert value(text, "cause") == "death"


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("倒车撞注子上了", "cause", "collision_single"),
        ("想查下意外显", "insurance_line", "accident"),
        ("3o分钟前追尾了", "incident_time", "2026-11-25T15:50:00+08:00"),
    ],
)
def test_more_typing_errors(text: str, entity: str, expected: str) -> None:
    assert value(text, entity) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一位顾客踩到菜叶滑倒把胳膊摔断了", 1),
        ("我和同事被撞了，两个人现在都在市医院里", 2),
        ("车里三个人都扭到腰", 3),
        ("倒车碰到一位大妈，她脚踝骨折", 1),
    ],
)
def test_who_is_hurt_is_counted_by_what_happened_to_them(text: str, count: int) -> None:
    assert value(text, "injured_count") == count


def test_a_mark_behind_its_name() -> None:
    assert value("评分：4", "rating") == 4
    assert value("评分4.5", "rating") is None


def test_what_is_found_in_the_morning_happened_in_the_night() -> None:
    assert value("上周六夜里电瓶车停在楼下，第二天起来就不见了", "incident_time") == "2026-11-21T23:00:00+08:00"


def test_changing_lanes_is_no_roadside() -> None:
    assert "边" not in value("在星湖街变道撞了", "location")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("今天下午三点二十下楼就一个转弯，送外卖的逆行冲过来，下一步要怎么弄", "2026-11-25T15:20:00+08:00"),
        ("今天是二十号，那出事就是十四号，对，摔了", "2026-11-14"),
        ("我今天重新来说一遍：上个月最后一个周五，叉车把我左脚压了", "2026-10-30"),
        ("23/10/2026 14:35 喺觀塘道相撞", "2026-10-23T14:35:00+08:00"),
        ("刚才跟小姑娘说是前天，后来看了照片，不是前天，是大前天崴的脚", "2026-11-22"),
        ("这周一早上我送快递的时候被车撞了", "2026-11-23T08:00:00+08:00"),
        ("不对，今天11月25日，往前四天，是11月21日才对", "2026-11-21"),
        ("不对，是前天这个时候，昨天是物业来看的", "2026-11-23T16:20:00+08:00"),
        ("就刚才两个小时前吧我开门碰了人", "2026-11-25T14:20:00+08:00"),
    ],
)
def test_which_time_is_meant(text: str, moment: str) -> None:
    assert value(text, "incident_time") == moment


def test_a_part_of_the_day_in_a_message_without_a_loss() -> None:
    assert value("她有点高血压，一天吃两次药，早上一次晚上一次，能买吗", "incident_time") is None


def test_calls_to_the_insurer_are_no_loss() -> None:
    assert value("就是想问问那个案子，我上周二打过一次电话，到底什么时候能下来", "incident_time") is None


def test_a_road_with_a_number_is_no_day() -> None:
    assert value("地址是工业园3号路8号", "location") == "工业园3号路8号"


def test_of_two_hurt_each_is_told() -> None:
    assert value("车上一共五个人有两个受了伤一个是我老婆一个是我姐", "injured_count") == 2


def test_a_sum_that_is_paid_to_me() -> None:
    assert value("怎么才赔我1200", "amount") == 1200


@pytest.mark.parametrize(
    ("text", "mark"),
    [("本来想给五分的，算了给三分吧", 3), ("态度给五分，但是审核慢，只能给两分", 2), ("给5分，五星好评", 5)],
)
def test_of_two_marks_the_one_a_customer_comes_to(text: str, mark: int) -> None:
    assert value(text, "rating") == mark


def test_a_flyover_is_not_handed_in() -> None:
    assert value("十分钟前在金水路立交上面追尾", "incident_time") == "2026-11-25T16:10:00+08:00"


@pytest.mark.parametrize("text", ["对方全责 我们俩车撞的", "三个车连环撞我是中间那个"])
def test_so_many_cars_in_a_collision(text: str) -> None:
    assert value(text, "cause") == "collision_multi"


def test_one_hurt_in_catchwords() -> None:
    assert value("追尾 一个人伤", "injured_count") == 1


def test_a_sum_reckoned_by_oneself() -> None:
    assert value("误工费我算了1500", "amount") == 1500
