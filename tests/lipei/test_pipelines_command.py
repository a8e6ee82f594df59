import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evaluation import pipelines as measured
from lipei.cli import build
from lipei.commands import evaluate
from lipei.commands.pipelines import table_of
from lipei.settings import get_settings

ROW = {
    "pipeline": "ours",
    "trained_on": 1203,
    "accuracy": 0.9512,
    "macro_f1": 0.9444,
    "styles": {"typo": {"sentences": 4, "accuracy": 0.75}},
    "training_s": 31.4,
    "training_cpu_s": 44.6,
    "ms": 24.4,
    "cpu_ms": 21.6,
    "rss_mb": 611,
    "calibration_error": 0.0111,
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_a_style_that_only_one_row_has_is_a_column_of_all() -> None:
    table = table_of([{**ROW, "styles": {}, "training_s": None}, ROW])
    cells = {column.header: list(column.cells) for column in table.columns}
    assert cells["typo"] == ["–", "75.0%"]
    assert cells["accuracy"] == ["95.1%", "95.1%"]
    assert (cells["training s"], cells["CPU s"][0], cells["MB"][0]) == (["–", "31"], "45", "611")


def test_each_pipeline_is_measured_at_each_share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, int, int, bool]] = []

    def measure(
        settings: Any, pipeline: Any, sentences: list[Any], rows: list[Any], epochs: int, kept: Path | None
    ) -> dict[str, Any]:
        asked.append((pipeline.name, len(sentences), epochs, kept is None))
        return {**ROW, "pipeline": pipeline.name, "trained_on": len(sentences)}

    monkeypatch.setattr(measured, "measure_pipeline", measure)
    monkeypatch.setattr(measured, "training_sentences", lambda nlu: [(str(n), "greet") for n in range(8)])
    file = tmp_path / "sentences.jsonl"
    file.write_text('{"text": "你好", "intent": "greet"}\n', encoding="utf-8")
    words = ["--only", "ours", "--only", "diet", "--share", "0.5", "--share", "1", "--epochs", "3", "--json"]
    done = CliRunner().invoke(build(), ["eval", "pipelines", str(file), *words])
    assert done.exit_code == 0, done.output
    assert [row["trained_on"] for row in json.loads(done.output)["pipelines"]] == [4, 8, 4, 8]
    assert asked == [("ours", 4, 3, True), ("ours", 8, 3, True), ("diet", 4, 3, True), ("diet", 8, 3, True)]


def test_an_unknown_pipeline_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "sentences.jsonl"
    file.write_text('{"text": "你好", "intent": "greet"}\n', encoding="utf-8")
    done = CliRunner().invoke(build(), ["eval", "pipelines", str(file), "--only", "bert"])
    assert done.exit_code == 1
    assert "there is no pipeline bert" in done.output


def test_thresholds_are_shown_as_set_and_shares_as_percentages() -> None:
    table = evaluate.table_of([{"threshold": 0.45, "acted_on": 0.99, "right_when_acted_on": None, "sentences": 3}])
    assert [column.header for column in table.columns] == ["threshold", "acted on", "right when acted on", "sentences"]
    assert [next(iter(column.cells)) for column in table.columns] == ["0.45", "99.0%", "–", "3"]
