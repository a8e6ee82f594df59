"""Causes, lines, materials and places."""

import pytest

from bot.values import vocabulary

from .helpers import value, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("追尾了", "collision_multi"),
        ("被一辆电动车撞了", "collision_multi"),
        ("跟出租车碰了一下", "collision_multi"),
        ("被計程車追撞", "collision_multi"),
        ("他追了我车的尾", "collision_multi"),
        ("我的尾被人追了", "collision_multi"),
        ("他追我屁股了", "collision_multi"),
        ("开水烫到两个客人", "third_party_injury"),
        ("自己撞墙了", "collision_single"),
        ("撞到护栏保险赔不赔", "collision_single"),
        ("翻沟里了", "collision_single"),
        ("倒车撞到石墩子", "collision_single"),
        ("不是追尾，是自己撞护栏", "collision_single"),
        ("车被刮花了", "scratch"),
        ("车门让人划了一道", "scratch"),
        ("刮曾", "scratch"),
        ("挡风玻璃被石子崩裂了", "glass"),
        ("车窗被砸了", "glass"),
        ("家里进贼了", "theft"),
        ("电动车丢了", "theft"),
        ("厨房着火了", "fire"),
        ("车自燃了", "fire"),
        ("车泡水了", "flood"),
        ("地下室进水了", "flood"),
        ("昨晚暴雨车淹了，打不着火", "flood"),
        ("住院了", "hospitalisation"),
        ("住了七天院", "hospitalisation"),
        ("阑尾炎手术", "hospitalisation"),
        ("门诊看的", "outpatient"),
        ("去急诊挂水", "outpatient"),
        ("确诊肺癌", "critical_illness"),
        ("突发脑梗", "critical_illness"),
        ("摔骨折了", "injury"),
        ("被狗咬了", "injury"),
        ("切菜切到手", "injury"),
        ("我父亲去世了", "death"),
        ("没抢救过来", "death"),
        ("水管爆了", "property_damage"),
        ("冰雹砸了车", "property_damage"),
        ("台风把招牌吹掉了", "property_damage"),
        ("撞到一个老太太", "third_party_injury"),
        ("客人在店里滑倒摔伤", "third_party_injury"),
        ("员工干活被机器压了手", "third_party_injury"),
        ("漏水把楼下邻居家天花板泡了", "third_party_property"),
        ("小孩把人家车窗砸了", "third_party_property"),
        ("需要住院发票吗", None),
        ("火灾认定书发给你", None),
        ("慢死了", None),
        ("意外险怎么买", None),
        ("我没住院", None),
    ],
)
def test_cause(text, expected):
    assert value(text, "cause") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("报车险", "auto"),
        ("交强险的", "auto"),
        ("医疗险", "health"),
        ("重疾险", "health"),
        ("意外险", "accident"),
        ("家财险", "property"),
        ("雇主责任险", "liability"),
        ("第三者责任险", "auto"),
        ("醫療險那張", "health"),
        ("不是车险，是意外险", "accident"),
        ("车保险杠掉了", None),
        ("车损大概三千", None),
    ],
)
def test_line(text, expected):
    assert value(text, "insurance_line") == expected


def test_answer_to_which_line():
    assert value("车的", "insurance_line", "line") == "auto"
    assert value("房子那个", "insurance_line", "line") == "property"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证和行驶证", ["id_card", "vehicle_licence"]),
        ("事故認定書", ["accident_certificate"]),
        ("行照駕照", ["vehicle_licence", "driving_licence"]),
        ("病历、诊断证明、发票", ["medical_record", "diagnosis", "medical_invoice"]),
        ("修车的发票和清单", ["repair_invoice", "repair_list"]),
        ("银行卡照片", ["bank_card"]),
        ("出院小结、费用清单", ["discharge_summary", "expense_list"]),
        ("派出所的报警回执", ["police_receipt"]),
        ("气象局的证明", ["weather_certificate"]),
        ("消防证明和损失清单", ["fire_certificate", "loss_list"]),
        ("死亡证明", ["death_certificate"]),
        ("现场照片", ["scene_photo"]),
        ("理赔申请书", ["claim_form"]),
        ("身份证号是多少", []),
        ("发票", []),
    ],
)
def test_materials(text, expected):
    found = values(text).get("material_kind", [])
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在朝阳路追尾了", "朝阳路"),
        ("浦东新区世纪大道和源深路口", "浦东新区世纪大道和源深路口"),
        ("在文三路跟学院路交叉口撞了", "文三路跟学院路交叉口"),
        ("京港澳高速K1205附近", "京港澳高速K1205附近"),
        ("G4高速K158+300处", "G4高速K158+300处"),
        ("车停在万达广场地下停车场被刮了", "万达广场地下停车场"),
        ("出险地点：成都市武侯区人民南路四段", "成都市武侯区人民南路四段"),
        ("在华山医院住院", "华山医院"),
        ("在北医三院住院做的手术", "北医三院"),
        ("在市人医看的门诊", "市人医"),
        ("在朝阳路撞了，送到协和医院", "朝阳路"),
        ("在停车场被刮了", "停车场"),
        ("在小区门口倒车", "小区门口"),
        ("家里着火了", "家里"),
        ("在三里屯被追尾了", "三里屯"),
        ("在高雄市前鎮區中山路", "高雄市前鎮區中山路"),
        ("不是朝阳路，是朝阳北路", "朝阳北路"),
        ("地点不对，应该是解放路", "解放路"),
        ("在杭州，文三路上", "杭州，文三路"),
        ("撞了一个过马路的人", None),
        ("医院开的发票", None),
        ("撞到路灯了", None),
        ("下雨路滑", None),
        ("保险公司电话多少", None),
        ("你猜我在干嘛", None),
        ("快三点了在吗", None),
    ],
)
def test_location(text, expected):
    assert value(text, "location") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学校操场", "学校操场"),
        ("就在奥森公园南边那个坡上", "奥森公园南边那个坡"),
        ("不记得了", None),
        ("为什么要问这个", None),
        ("没有", None),
    ],
)
def test_answer_to_where(text, expected):
    found = value(text, "location", "location")
    assert (found is None) if expected is None else (found in expected or expected in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("修理厂开的那个发票我有", "repair_invoice"),
        ("消防出了证明", "fire_certificate"),
        ("物业给开的证明也传了", "property_manager_certificate"),
        ("住院的那些清单呢", "expense_list"),
        ("對方的行駛證拍了", "third_party_vehicle_documents"),
    ],
)
def test_a_paper_is_known_with_words_between_the_parts_of_its_name(text: str, kind: str) -> None:
    assert value(text, "material_kind") == kind


def test_a_comma_parts_what_is_said_of_two_things() -> None:
    assert value("送马偕医院，诊断是中风", "material_kind") is None


def test_a_word_stands_where_it_was_written_after_a_space() -> None:
    [hit] = vocabulary.phrases("materials.yml", "材料 有 银行卡")
    assert (hit.start, hit.end) == (5, 8)
