"""Numbers of papers, plates and telephones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.values import extract
from bot.values.identifiers import is_id_card

from .helpers import NOW, value, values


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("京A12345", "plate_no", "京A12345"),
        ("京a·12345", "plate_no", "京A12345"),
        ("粵AD12345", "plate_no", "粤AD12345"),
        ("粤A D12345", "plate_no", "粤AD12345"),
        ("渝D 0F9K8 的车", "plate_no", "渝D0F9K8"),
        ("京A幺二三四五", "plate_no", "京A12345"),
        ("车牌号川a八八八八八", "plate_no", "川A88888"),
        ("京 A 1 2 3 4 5", "plate_no", "京A12345"),
        ("京Ａ１２３４５", "plate_no", "京A12345"),
        ("苏B1234学", "plate_no", "苏B1234学"),
        ("车排不对，是粤B66688", "plate_no", "粤B66688"),
        ("PA202600000001", "policy_no", "PA202600000001"),
        ("pa 2026 0000 0001", "policy_no", "PA202600000001"),
        ("保单PL二零二六零零零零零零零五", "policy_no", "PL202600000005"),
        ("查下C202611180000423", "claim_no", "C202611180000423"),
        ("c 20261118 000042 3", "claim_no", "C202611180000423"),
        ("13800138001", "phone", "13800138001"),
        ("138-0013-8001", "phone", "13800138001"),
        ("138 0013 8001", "phone", "13800138001"),
        ("+86 13800138001", "phone", "13800138001"),
        ("0086 138-0013-8003", "phone", "13800138003"),
        ("电话幺三八零零幺三八零零幺", "phone", "13800138001"),
        ("一三八零零一三八零零一", "phone", "13800138001"),
        ("１３８００１３８００１", "phone", "13800138001"),
        ("座机 010-55550123", "phone", "01055550123"),
        ("身份证110101199003078515", "id_card", "110101199003078515"),
        ("幺幺零幺零幺幺九九零零三零七八五幺五", "id_card", "110101199003078515"),
        ("11010119900307 8515", "id_card", "110101199003078515"),
        ("51010719921201123x", "id_card", "51010719921201123X"),
    ],
)
def test_number_is_read_and_fills_nothing_else(text, name, expected):
    assert values(text) == {name: [expected]}


@pytest.mark.parametrize(
    "text", ["新A股", "138001380012", "1234567890", "京A123", "CL20260001", "PA2026", "110101199013078515"]
)
def test_malformed_numbers_are_nothing(text):
    assert values(text) == {}


def test_check_digit_decides_how_sure_we_are():
    right, wrong = (extract(f"身份证{n}", NOW)[0] for n in ("110101199003078515", "110101199003078516"))
    assert (right["confidence_entity"], wrong["confidence_entity"]) == (1.0, 0.5)
    assert is_id_card("110101199003078515")
    assert not is_id_card("110101199003078516")


def test_new_number_takes_the_place_of_the_wrong_one():
    assert value("号码打错了，是13800138002不是13800138001", "phone") == "13800138002"
    assert value("京A12345写错了，应该是京A12354", "plate_no") == "京A12354"


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"\A[京沪粤川浙苏鲁][A-H][0-9]{5}\Z"), st.sampled_from(["", " ", "·", "-"]), st.booleans())
def test_a_plate_comes_back_however_written(plate, separator, words):
    tail = "".join("零幺二三四五六七八九"[int(d)] for d in plate[2:]) if words else plate[2:]
    assert value(f"我的车牌是{plate[0]}{plate[1].lower()}{separator}{tail}，报案", "plate_no") == plate


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", " ", "-"]), st.booleans())
def test_a_mobile_number_comes_back_however_written(phone, separator, words):
    parts = [phone[:3], phone[3:7], phone[7:]]
    if words:
        parts = ["".join("零幺二三四五六七八九"[int(d)] for d in part) for part in parts]
    assert value(f"我电话{separator.join(parts)}", "phone") == phone
