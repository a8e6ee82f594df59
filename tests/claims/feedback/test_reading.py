"""Moods and topics: what is learned is told again, and other sentences are read better than by a list of words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.feedback import MOODS, TOPICS, examples, topics_named
from claims.feedback.words import counted, words
from evaluation.feedback import characters, lexicon, measure

DEV = Path(__file__).parents[3] / "evaluation" / "dev" / "feedback.jsonl"


def test_every_example_has_a_known_mood_and_known_topics() -> None:
    for example in examples():
        assert example.mood in MOODS
        assert example.topics <= set(TOPICS)
    assert set(words().topics) == set(TOPICS)
    assert len({example.text for example in examples()}) == len(examples())


def test_nothing_that_is_measured_on_is_learned_from() -> None:
    measured = {json.loads(line)["text"] for line in DEV.read_text(encoding="utf-8").splitlines()}
    assert not measured & {example.text for example in examples()}


def test_what_is_learned_beats_a_list_of_words_on_other_sentences() -> None:
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    learned, listed = measure(rows, characters(examples())), measure(rows, lexicon(examples()))
    assert learned["mood_macro_f1"] > listed["mood_macro_f1"] + 0.15
    assert learned["bad_recall"] > 0.85


@pytest.mark.parametrize(
    ("text", "good", "bad"), [("很满意", 1, 0), ("不满意", 0, 2), ("没什么", 0, 0), ("不慢", 1, 0)]
)
def test_a_not_turns_a_word_round(text: str, good: int, bad: int) -> None:
    assert counted(text) == (good, bad)


def test_topics_are_named_by_their_words() -> None:
    assert topics_named("手续太多，钱还少") == ["amount", "materials"]
