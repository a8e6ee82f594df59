"""Marked sentences, filled templates, and the files they stand in."""

from pathlib import Path

import pytest

from bot.learned import augment, sentences
from bot.learned.augment import Filler
from bot.learned.causes import NONE, read_around, read_folder
from bot.values import vocabulary

DATA = Path(__file__).parents[3] / "data"


def test_marks_become_spans_of_the_bare_text() -> None:
    marked = sentences.parse("我叫[宋佳怡](person_name)，在[望江路](location)被追尾")
    assert marked.text == "我叫宋佳怡，在望江路被追尾"
    assert [(marked.text[start:end], entity) for start, end, entity in marked.spans] == [
        ("宋佳怡", "person_name"),
        ("望江路", "location"),
    ]


@pytest.mark.parametrize("line", ["在[望江路](place)", "在[望江路(location)", "在望江路](location)"])
def test_a_wrong_mark_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        sentences.parse(line)


def test_every_line_of_the_data_is_well_marked() -> None:
    assert len(sentences.read(DATA / "tagger")) > 600


def test_every_slot_is_filled_and_the_same_seed_says_the_same() -> None:
    first, again = (augment.sentences(DATA / "tagger", 2) for _ in range(2))
    assert first == again
    assert not any("{" in marked.text or "}" in marked.text for marked in first)
    assert len({marked.text for marked in first}) > len(first) * 0.9


def test_words_may_hold_slots_of_their_own(tmp_path: Path) -> None:
    filler = Filler({"where": ["{side}门口"], "side": ["东"], "given": "伟"}, seed=1)
    assert filler.fill("在{where}") == "在东门口"


def test_every_cause_of_the_claims_core_is_told_in_many_ways() -> None:
    pairs = read_folder(DATA / "causes")
    told = {cause: sum(found == cause for _, found in pairs) for _, cause in pairs}
    assert set(told) == {rule["cause"] for rule in vocabulary.table("causes.yml")} | {NONE}
    assert min(told.values()) > 30
    assert not any("{" in text for text, _ in pairs)


def test_no_sentence_has_two_causes() -> None:
    pairs = read_folder(DATA / "causes")
    assert len({text for text, _ in pairs}) == len(set(pairs))


def test_what_is_said_beside_a_loss_is_filled() -> None:
    around = read_around(DATA / "causes", Filler.of(DATA / "tagger"))
    assert around and not any("{" in text for text in around)
