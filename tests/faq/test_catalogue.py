import re
from pathlib import Path

import pytest

from faq.catalogue import append_entry, load_entries, read_file
from faq.errors import EntriesInvalid
from tests.faq.conftest import make_entry

GOOD = """
category: auto
entries:
  - id: {id}
    question: 车玻璃碎了赔吗？
    answer: 赔。请报案。
    source: {{kind: {kind}, reference: 条款}}
    phrasings: [玻璃裂了]
"""


def test_our_entries_are_many_and_in_every_category() -> None:
    entries = load_entries()
    assert len(entries) >= 140
    wanted = {"auto", "health", "accident", "property", "liability", "process", "materials", "time_limits", "refusals"}
    assert {entry.category for entry in entries} >= wanted | {"fraud", "privacy", "complaints"}


def test_answers_carry_the_fixed_figures() -> None:
    answers = {entry.id: entry.answer for entry in load_entries()}
    figures = {
        "limits_first_reply": "24 小时",
        "process_inspection": "72 小时",
        "limits_decision": "30 日",
        "limits_payment": "1 个工作日",
        "limits_compulsory": "10 日",
        "limits_advance_60": "60 日",
        "limits_refusal_notice": "3 日",
        "complaint_how": "48 小时",
    }
    assert {name for name, figure in figures.items() if figure not in answers[name]} == set()


def number(chinese: str) -> int:
    """一百二十九 → 129."""
    total = digit = 0
    for character in chinese:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    return total + digit


def test_articles_of_the_insurance_law_exist() -> None:
    cited = [
        number(article)
        for entry in load_entries()
        for articles in re.findall("《保险法》((?:第[零一二三四五六七八九十百]+条、?)+)", entry.source.reference)
        for article in re.findall("第(.+?)条", articles)
    ]
    assert len(cited) > 50
    assert 16 <= max(cited) <= 185  # the law has 185 articles


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.format(id="glass", kind="rumour"), "source.kind"),
        (GOOD.format(id="Glass 1", kind="law"), "id"),
        (GOOD.format(id="glass", kind="law").replace("answer", "anwser"), "answer"),
        ("- just\n- a list", "category"),
        ("category: [", "YAML"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "auto.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EntriesInvalid, match=complaint) as caught:
        read_file(path)
    assert "auto.yml" in str(caught.value)


def test_an_id_used_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text(GOOD.format(id="glass", kind="law"), encoding="utf-8")
    with pytest.raises(EntriesInvalid, match=r"b\.yml.*a\.yml"):
        load_entries(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EntriesInvalid, match="no entries"):
        load_entries(tmp_path)


def test_appending_keeps_comments_and_entries(tmp_path: Path) -> None:
    path = tmp_path / "auto.yml"
    path.write_text("# for editors\n" + GOOD.format(id="glass", kind="law").lstrip(), encoding="utf-8")
    append_entry(path, make_entry("tyre", "轮胎: 坏了赔吗", "爆胎了", "- 扎钉子"))
    assert path.read_text(encoding="utf-8").startswith("# for editors\n")
    first, second = read_file(path)
    assert (first.id, second.id, second.phrasings) == ("glass", "tyre", ("爆胎了", "- 扎钉子"))
