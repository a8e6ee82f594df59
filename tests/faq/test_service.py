"""The real knowledge base, with the real encoder."""

import json
from collections import Counter
from typing import Any

import pytest

from evaluation.faq import outcome
from faq.catalogue import load_entries
from faq.decide import Answer, AskBack, Unknown
from faq.foreign import load_foreign
from faq.text import bare
from lipei.settings import PROJECT_ROOT

DEV = PROJECT_ROOT / "evaluation" / "dev" / "faq.jsonl"


def dev_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]


def test_no_sentence_stands_in_both() -> None:
    ours = {bare(text) for entry in load_entries() for text in entry.texts} | {bare(text) for text in load_foreign()}
    assert [row["text"] for row in dev_rows() if bare(row["text"]) in ours] == []


def test_the_development_set_is_what_it_should_be() -> None:
    rows = dev_rows()
    assert len(rows) >= 200
    assert sum(row["entry"] is None for row in rows) >= 40
    assert len({bare(row["text"]) for row in rows}) == len(rows)
    assert {row["entry"] for row in rows} - {None} <= {entry.id for entry in load_entries()}


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("车玻璃单独破碎赔不赔", "auto_glass"),
        ("請問住院理賠要哪些材料", "materials_hospital"),
        ("同意赔付后多久到账呀", "limits_payment"),
        ("怎么投诉你们", "complaint_how"),
    ],
)
def test_plain_questions_are_answered(real_service: Any, question: str, entry: str) -> None:
    decision = real_service.answer(question)
    assert isinstance(decision, Answer)
    assert decision.entry.id == entry
    assert decision.entry.source.reference


@pytest.mark.parametrize("question", ["帮我写首诗吧", "比特币现在能买吗", "……"])
def test_what_is_not_ours_is_declined(real_service: Any, question: str) -> None:
    assert isinstance(real_service.answer(question), Unknown)


def test_a_vague_question_is_asked_back_and_the_choice_can_be_fetched(real_service: Any) -> None:
    decision = real_service.answer("材料的事情")
    assert isinstance(decision, AskBack)
    assert len(decision.choices) == 3
    assert real_service.entry(decision.choices[1].id) == decision.choices[1]


def test_questions_in_other_voices(real_service: Any) -> None:
    """Every third question of the development set; `lipei eval faq` measures all."""
    outcomes: Counter[str] = Counter()
    for row in dev_rows()[::3]:
        outcomes[outcome(real_service.answer(row["text"]), row["entry"])] += 1
    foreign = outcomes["rightly_declined"] + outcomes["foreign_asked_back"] + outcomes["foreign_answered"]
    ours = outcomes.total() - foreign
    assert (outcomes["right"] + outcomes["asked_back_right"]) / ours >= 0.95, outcomes
    assert outcomes["foreign_answered"] / foreign <= 0.05, outcomes
