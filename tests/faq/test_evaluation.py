"""evaluation/faq.py: what it counts, and what it says about files that are wrong."""

from pathlib import Path

import pytest

from evaluation.faq import evaluate_corpus, outcome, read_pairs
from evaluation.lines import InputError
from faq.decide import Answer, AskBack, Unknown
from faq.index import Hit
from lipei.settings import get_settings
from tests.faq.conftest import make_entry

A, B, C, D = (make_entry(name, f"问题{name}") for name in "abcd")
HIT = Hit("a", "问题a", 1.0)


@pytest.mark.parametrize(
    ("decision", "expected", "name"),
    [
        (Answer(A, 0.9), "a", "right"),
        (Answer(A, 0.9), "b", "wrong"),
        (Answer(A, 0.9), None, "foreign_answered"),
        (AskBack((A, B, C), HIT), "c", "asked_back_right"),
        (AskBack((A, B, C), HIT), "d", "asked_back_wrong"),
        (AskBack((A, B, C), HIT), None, "foreign_asked_back"),
        (Unknown(HIT), "a", "wrongly_declined"),
        (Unknown(None), None, "rightly_declined"),
    ],
)
def test_outcomes(decision: object, expected: str | None, name: str) -> None:
    assert outcome(decision, expected) == name


@pytest.mark.parametrize("header", ["", "question\tanswer\n"])
def test_tables_with_and_without_a_header(tmp_path: Path, header: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(header + '住院"怎么"报\t凭发票\n\n怎么投诉\t打电话\n', encoding="utf-8")
    assert read_pairs(path) == [('住院"怎么"报', "凭发票"), ("怎么投诉", "打电话")]


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("answer\tid\tquestion\n凭发票\t1\t住院怎么报\n", encoding="utf-8")
    assert read_pairs(path) == [("住院怎么报", "凭发票")]


@pytest.mark.parametrize(("content", "complaint"), [("", "no lines"), ("只有问题\n", "row 1")])
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        read_pairs(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(tmp_path / "missing.tsv")


def test_a_corpus_is_measured_by_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    corpus, queries = tmp_path / "corpus.tsv", tmp_path / "queries.tsv"
    corpus.write_text(
        "怎么投诉\t打电话\n去哪里投诉\t打电话\n住院报销要什么\t发票\n车玻璃碎了\t报案\n", encoding="utf-8"
    )
    queries.write_text("question\tanswer\n投诉找哪里\t打电话\n玻璃破了\t报案\n挡风玻璃裂\t发票\n", encoding="utf-8")
    result = evaluate_corpus(corpus, queries)
    get_settings.cache_clear()
    assert (result["entries"], result["queries"]) == (4, 3)
    assert result["top_1"] == pytest.approx(2 / 3)
    assert result["top_10"] == 1.0
