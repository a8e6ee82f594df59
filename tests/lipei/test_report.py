"""`lipei report monthly`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from claims.database import upgrade
from lipei.commands.report import app
from lipei.settings import get_settings


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    upgrade()
    yield
    get_settings.cache_clear()


def test_three_files_and_a_word_when_there_was_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["monthly", "--month", "2024-02", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        f"lipei-2024-02.{k}" for k in ("html", "pdf", "xlsx")
    }
    assert "nothing happened" in done.output


def test_a_month_that_is_none() -> None:
    done = CliRunner().invoke(app, ["monthly", "--month", "2026-13"])
    assert done.exit_code == 1
    assert "2026-10" in done.stderr
