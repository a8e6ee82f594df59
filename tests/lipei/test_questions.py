"""Questions for the editors, from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claims import unanswered
from claims.database import unit_of_work, upgrade
from faq.catalogue import load_entries, write_file
from lipei.cli import build
from lipei.settings import get_settings
from tests.faq.conftest import make_entry


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Two questions that wait; their ids by text."""
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    upgrade()
    with unit_of_work() as unit:
        texts = ("天窗玻璃裂了赔吗", "我的手机13800138001收不到消息")
        ids = {text: unanswered.keep(unit.session, text, "auto_glass", suggestions=["auto_glass"]).id for text in texts}
        unit.commit()
    yield ids
    get_settings.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "entries"
    path.mkdir()
    write_file(path / "auto.yml", "auto", [make_entry("auto_glass", "车玻璃碎了赔吗", "玻璃裂了")])
    return path


def lipei(*arguments: str) -> Result:
    return CliRunner().invoke(build(), ["faq", "questions", *arguments])


def waiting() -> list[str]:
    with unit_of_work(read_only=True) as unit:
        return [question.id for question in unanswered.waiting(unit.session)]


def test_the_list_shows_questions_with_suggestions_and_no_personal_data(kept: dict[str, str]) -> None:
    result = lipei()
    assert result.exit_code == 0
    assert "天窗玻璃裂了赔吗" in result.output
    assert "auto_glass" in result.output
    groups = json.loads(lipei("--json").output)["groups"]
    assert {question["id"] for group in groups for question in group["questions"]} == set(kept.values())
    assert "13800138001" not in result.output + json.dumps(groups)


def test_done_by_the_beginning_of_an_id(kept: dict[str, str]) -> None:
    assert lipei("done", *(question[:8] for question in kept.values())).exit_code == 0
    assert waiting() == []
    assert "No question waits" in lipei().output
    assert lipei("done", "nothing").exit_code != 0


def test_assigning_adds_the_wording_to_the_entry(kept: dict[str, str], folder: Path) -> None:
    question = kept["天窗玻璃裂了赔吗"]
    assert lipei("assign", question[:8], "auto_glass", "--folder", str(folder)).exit_code == 0
    (entry,) = load_entries(folder)
    assert entry.phrasings == ("玻璃裂了", "天窗玻璃裂了赔吗")
    assert question not in waiting()


@pytest.mark.parametrize(
    ("text", "entry", "complaint"),
    [("天窗玻璃裂了赔吗", "no_such", "no entry"), ("我的手机13800138001收不到消息", "auto_glass", "--as")],
)
def test_what_cannot_be_assigned_goes_on_waiting(
    kept: dict[str, str], folder: Path, text: str, entry: str, complaint: str
) -> None:
    result = lipei("assign", kept[text], entry, "--folder", str(folder))
    assert result.exit_code == 1
    assert complaint in result.output
    assert kept[text] in waiting()
    assert load_entries(folder)[0].phrasings == ("玻璃裂了",)


def test_other_words_may_be_given(kept: dict[str, str], folder: Path) -> None:
    question = kept["我的手机13800138001收不到消息"]
    assert lipei("assign", question, "auto_glass", "--as", "收不到消息", "--folder", str(folder)).exit_code == 0
    assert load_entries(folder)[0].phrasings[-1] == "收不到消息"
