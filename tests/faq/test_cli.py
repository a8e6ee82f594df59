from pathlib import Path

import pytest
from typer.testing import CliRunner

from faq.catalogue import load_entries
from faq.cli import app

run = CliRunner().invoke
HEADER = "id\tcategory\tquestion\tanswer\tsource_kind\tsource\tphrasings\n"
ROW = "tyre\tauto\t轮胎坏了赔吗\t看条款。\tclause\t示范条款\t爆胎|扎钉子|轮胎鼓包|换胎\n"


def test_adding_an_entry(tmp_path: Path) -> None:
    options = ["--id", "tyre", "--category", "auto", "--question", "轮胎坏了赔吗", "--answer", "看条款。"]
    options += ["--source-kind", "clause", "--source", "示范条款", "--phrasing", "爆胎", "--folder", str(tmp_path)]
    assert run(app, ["add", *options]).exit_code == 0
    (entry,) = load_entries(tmp_path)
    assert (entry.id, entry.phrasings, entry.source.kind) == ("tyre", ("爆胎",), "clause")
    again = run(app, ["add", *options])
    assert again.exit_code == 1
    assert "already used" in again.output


def test_importing_a_table(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(HEADER + ROW + ROW.replace("tyre", "tyre2"), encoding="utf-8")
    folder = tmp_path / "entries"
    folder.mkdir()
    assert run(app, ["import", str(table), "--folder", str(folder)]).exit_code == 0
    assert [entry.id for entry in load_entries(folder)] == ["tyre", "tyre2"]
    assert run(app, ["lint", "--folder", str(folder)]).exit_code == 0


def test_a_table_with_a_wrong_row_adds_nothing(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(HEADER + ROW + ROW.replace("clause", "rumour"), encoding="utf-8")
    result = run(app, ["import", str(table), "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "row 3" in result.output
    assert list(tmp_path.glob("*.yml")) == []


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("id\tquestion\nx\ty\n", encoding="utf-8")
    result = run(app, ["import", str(table), "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "source_kind" in result.output


def test_a_row_that_is_cut_short_is_named(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(HEADER + "tyre\tauto\n", encoding="utf-8")
    result = run(app, ["import", str(table), "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "row 2" in result.output


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad"])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes | None) -> None:
    table = tmp_path / "table.tsv"
    if content is not None:
        table.write_bytes(content)
    result = run(app, ["import", str(table), "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(HEADER + ROW, encoding="utf-8")
    missing = str(tmp_path / "missing")
    for arguments in (["lint"], ["import", str(table)]):
        result = run(app, [*arguments, "--folder", missing])
        assert result.exit_code == 1
        assert missing in result.output.replace("\n", "")


def test_lint_ends_with_an_error_code(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nonsense", encoding="utf-8")
    result = run(app, ["lint", "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "1 errors" in result.output


def test_searching(real_service: object) -> None:
    result = run(app, ["search", "车玻璃碎了赔不赔", "--json"])
    assert result.exit_code == 0
    assert '"auto_glass"' in result.output


@pytest.mark.parametrize("question", ["", "？？"])
def test_searching_for_nothing(real_service: object, question: str) -> None:
    result = run(app, ["search", question, "--json"])
    assert result.exit_code == 0
    assert '"unknown"' in result.output


def test_building(real_service: object) -> None:
    result = run(app, ["build"])
    assert result.exit_code == 0
    assert "entries" in result.output
