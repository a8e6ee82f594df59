"""A small NER of spaCy, trained here in a second, and how it and the rules are joined."""

from pathlib import Path

import pytest
import spacy
from spacy import Language
from spacy.tokens import Doc
from spacy.training import Example

from bot.learned import evidence, names, ner
from bot.learned.names import Name
from bot.learned.sentences import parse
from bot.values import characters, extract
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
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path_factory.mktemp("embeddings")))
        return ner.trained([parse(line) for line in LINES])


def found(nlp: Language, text: str, name: str) -> list[str]:
    entities = extract(text, NOW, None, names=names.reader(nlp))
    return [each["value"] for each in entities if each["entity"] == name]


def test_it_finds_a_place_it_has_never_seen(nlp: Language) -> None:
    assert found(nlp, "车停在凤仪老茶馆那儿被刮了", "location") == ["凤仪老茶馆"]


def test_keys_hit_at_random_are_no_place(nlp: Language) -> None:
    assert found(nlp, "qwertyuiop", "location") == []


def test_it_finds_a_person_no_rule_introduces(nlp: Language) -> None:
    text = "带我去的是曹明亮，他看见了"
    assert not [each for each in extract(text, NOW) if each["entity"] == "person_name"]
    assert found(nlp, text, "person_name") == ["曹明亮"]


def test_where_it_sees_no_place_the_rules_read_one(nlp: Language) -> None:
    assert found(nlp, "京港澳高速K1205附近追尾", "location") == ["京港澳高速K1205附近"]


def test_what_is_labelled_as_the_place_stands_against_another_border(nlp: Language) -> None:
    seen = evidence.read(Sentence("地点：凤仪老茶馆二楼包间", NOW))
    [place] = names._places([Name(3, 8, "location", 0.9)], seen.found, Sentence(seen.plain, NOW))
    assert place.value == "凤仪老茶馆二楼包间"


@pytest.mark.parametrize("text", ["11月22", "幺三八零零"])
def test_a_number_is_no_place(text: str) -> None:
    assert names._trimmed(Name(0, len(text), "location"), Sentence(text, NOW)) is None


def test_a_district_is_no_name(nlp: Language) -> None:
    assert found(nlp, "带我去的是余杭区，他看见了", "person_name") == []


def test_a_title_is_no_name(nlp: Language) -> None:
    assert found(nlp, "带我去的是王大娘，她看见了", "person_name") == []


def test_a_plate_never_becomes_part_of_a_place(nlp: Language) -> None:
    values = extract("京A12345停在凤仪老茶馆那儿被刮了", NOW, None, names=names.reader(nlp))
    assert {each["entity"]: each["value"] for each in values}["plate_no"] == "京A12345"


def test_a_place_keeps_the_customers_characters(nlp: Language) -> None:
    assert found(nlp, "車停在鳳儀老茶館那兒被刮了", "location") == ["鳳儀老茶館"]


def test_a_pipeline_kept_on_disk_reads_alike(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == ["names"]
    assert found(again, "车停在凤仪老茶馆那儿被刮了", "location") == ["凤仪老茶馆"]


def test_no_text_no_names(nlp: Language) -> None:
    assert extract("", NOW, None, names=names.reader(nlp)) == []


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
    place = names._bare(Name(0, len(text), "location"), Sentence(text, NOW))
    assert text[place.start : place.end] == bare


def test_it_is_measured_as_spacy_measures_every_ner(nlp: Language) -> None:
    marked = parse("车停在[凤仪老茶馆](location)那儿被刮了")
    made = Example.from_dict(nlp.make_doc(marked.text), {"entities": list(marked.spans)})
    assert nlp.evaluate([made])["ents_f"] == 1.0


def test_it_marks_a_document_that_nobody_has_prepared(nlp: Language) -> None:
    [place] = nlp("车停在凤仪老茶馆那儿被刮了").ents
    assert (place.text, place.label_) == ("凤仪老茶馆", "location")
    assert 0.3 < place._.sure <= 1


def test_what_has_learned_nothing_marks_nothing_and_is_not_kept(tmp_path: Path) -> None:
    nlp = characters.pipeline()
    nlp.add_pipe("names")
    assert nlp("车停在凤仪老茶馆那儿被刮了").ents == ()
    with pytest.raises(ValueError, match="has learned nothing"):
        nlp.to_disk(tmp_path)


def test_an_inner_tag_that_continues_nothing_begins_a_name(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=list("去桥头找张三"), spaces=[False] * 6)
    spans = ner._spans(doc, ["O", "IL", "IL", "O", "IN", "IN"])
    assert [(span.text, span.label_) for span in spans] == [("桥头", "location"), ("张三", "person_name")]
