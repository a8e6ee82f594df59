"""A small tagger, trained here in a second, and how it and the rules are joined."""

import pytest

from bot.learned import evidence, names
from bot.learned.sentences import parse
from bot.learned.tagger import Span, Tagger
from bot.values import extract
from bot.values.sentence import Sentence

from ..values.helpers import NOW

PLACES = ["柳营", "青石", "望湖", "白鹭", "南浦", "东关", "沙井", "双桥", "梅岭", "竹园", "石湖", "金沙"]
PEOPLE = ["宋佳怡", "郑凯", "韩雪", "冯浩宇", "吴小莉", "高明远", "魏大勇", "潘淑英", "贺文斌", "林子涵"]
LINES = [
    *(f"车停在[{name}老茶馆](location)那儿被刮了" for name in PLACES),
    *(f"昨天去[{name}老茶馆](location)喝茶，摔了一跤" for name in PLACES),
    *(f"带我去的是[{name}](person_name)，他看见了" for name in PEOPLE),
    *(["今天天气好", "没人受伤", "我要报案", "大概三千块", "茶馆赔了我五百"] * 4),
]


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path_factory.mktemp("embeddings")))
        return Tagger.fit([parse(line) for line in LINES])


def found(tagger: Tagger, text: str, name: str) -> list[str]:
    entities = extract(text, NOW, None, names=names.reader(tagger))
    return [each["value"] for each in entities if each["entity"] == name]


def test_it_finds_a_place_it_has_never_seen(tagger: Tagger) -> None:
    assert found(tagger, "车停在凤仪老茶馆那儿被刮了", "location") == ["凤仪老茶馆"]


def test_keys_hit_at_random_are_no_place(tagger: Tagger) -> None:
    assert found(tagger, "qwertyuiop", "location") == []


def test_it_finds_a_person_no_rule_introduces(tagger: Tagger) -> None:
    text = "带我去的是曹明亮，他看见了"
    assert not [each for each in extract(text, NOW) if each["entity"] == "person_name"]
    assert found(tagger, text, "person_name") == ["曹明亮"]


def test_where_it_sees_no_place_the_rules_read_one(tagger: Tagger) -> None:
    assert found(tagger, "京港澳高速K1205附近追尾", "location") == ["京港澳高速K1205附近"]


def test_what_is_labelled_as_the_place_stands_against_another_border(tagger: Tagger) -> None:
    seen = evidence.read(Sentence("地点：凤仪老茶馆二楼包间", NOW))
    [place] = names._places([Span(3, 8, "location", 0.9)], seen.found, Sentence(seen.plain, NOW))
    assert place.value == "凤仪老茶馆二楼包间"


@pytest.mark.parametrize("text", ["11月22", "幺三八零零"])
def test_a_number_is_no_place(text: str) -> None:
    assert names._trimmed(Span(0, len(text), "location"), Sentence(text, NOW)) is None


def test_a_district_is_no_name(tagger: Tagger) -> None:
    assert found(tagger, "带我去的是余杭区，他看见了", "person_name") == []


def test_a_title_is_no_name(tagger: Tagger) -> None:
    assert found(tagger, "带我去的是王大娘，她看见了", "person_name") == []


def test_a_plate_never_becomes_part_of_a_place(tagger: Tagger) -> None:
    values = extract("京A12345停在凤仪老茶馆那儿被刮了", NOW, None, names=names.reader(tagger))
    assert {each["entity"]: each["value"] for each in values}["plate_no"] == "京A12345"


def test_a_place_keeps_the_customers_characters(tagger: Tagger) -> None:
    assert found(tagger, "車停在鳳儀老茶館那兒被刮了", "location") == ["鳳儀老茶館"]


def test_the_model_is_its_bytes_and_the_context(tagger: Tagger) -> None:
    again = Tagger(tagger.model, tagger.context)
    assert found(again, "车停在凤仪老茶馆那儿被刮了", "location") == ["凤仪老茶馆"]


def test_no_text_no_names(tagger: Tagger) -> None:
    assert extract("", NOW, None, names=names.reader(tagger)) == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("云岭高速上", "云岭高速"),
        ("高速上", "高速上"),
        ("我们酒店大堂", "酒店大堂"),
        ("刚下高速收费站", "高速收费站"),
        ("云岭高速出口那边", "云岭高速出口"),
        ("那个云岭路", "云岭路"),
        ("云岭路摔下去", "云岭路"),
    ],
)
def test_a_place_is_bared_of_what_belongs_to_the_sentence(text: str, bare: str) -> None:
    place = names._bare(Span(0, len(text), "location"), Sentence(text, NOW))
    assert text[place.start : place.end] == bare
