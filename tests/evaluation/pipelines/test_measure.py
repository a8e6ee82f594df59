"""Training and asking, with a stand-in for the engine's interpreter and one for the engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from evaluation.pipelines import measure
from evaluation.pipelines.project import Pipeline
from evaluation.stack import StackError
from lipei.settings import Settings

PIPELINE = Pipeline("small", "a small one", [{"name": "Some"}])
SENTENCES = [("你好", "greet"), ("不用", "deny")]
ROWS = [{"text": "您好", "intent": "greet"}, {"text": "不用了", "intent": "deny"}, {"text": "嗯", "intent": "deny"}]
TRAINS = """
[ -f data/nlu.yml ] && [ -f config.yml ] || exit 1
echo "$LIPEI_EMBEDDINGS_DIR" > "$HOME/asked"
touch "${10}/${12}.tar.gz"
"""


@pytest.fixture
def interpreter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Puts a shell script where the engine's interpreter is, and returns settings that use it."""

    def put(script: str) -> Settings:
        python = tmp_path / "bot" / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o700)
        monkeypatch.setenv("HOME", str(tmp_path))
        return Settings(root=tmp_path, var_dir=tmp_path / "var")

    return put


class Engine:
    """Takes every sentence for a greeting."""

    pid = os.getpid()

    def __init__(self) -> None:
        self.heard: list[str] = []

    def parse(self, text: str) -> dict[str, Any]:
        self.heard.append(text)
        best = {"name": "greet", "confidence": 0.9}
        return {"intent": best, "intent_ranking": [best, {"name": "deny", "confidence": 0.1}]}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    started = Engine()

    @contextmanager
    def private_engine(settings: Settings, model: Path, more: dict[str, str]) -> Iterator[Engine]:
        assert model.exists()
        yield started

    monkeypatch.setattr(measure, "private_engine", private_engine)
    return started


def test_a_pipeline_is_trained_and_asked_every_sentence(interpreter: Any, engine: Engine, tmp_path: Path) -> None:
    result = measure.measure_pipeline(interpreter(TRAINS), PIPELINE, SENTENCES, ROWS, epochs=1)
    assert engine.heard == [measure.WARM_UP, "您好", "不用了", "嗯"]
    assert (result["pipeline"], result["trained_on"], result["sentences"]) == ("small", 2, 3)
    assert result["accuracy"] == pytest.approx(1 / 3)
    assert result["training_s"] >= 0 and result["training_cpu_s"] >= 0
    assert result["rss_mb"] >= result["pss_mb"] > 0
    assert not Path((tmp_path / "asked").read_text().strip()).exists()


def test_a_training_with_kept_embeddings_is_not_timed(interpreter: Any, engine: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    result = measure.measure_pipeline(interpreter(TRAINS), PIPELINE, SENTENCES, ROWS, 1, kept)
    assert result["training_s"] is None and result["training_cpu_s"] is None
    assert (tmp_path / "asked").read_text().strip() == str(kept)


@pytest.mark.parametrize("script", ["echo no such component; exit 1", "echo no such component"])
def test_a_training_that_fails_or_leaves_no_model_quotes_its_log(interpreter: Any, engine: Engine, script: str) -> None:
    with pytest.raises(StackError, match="could not be trained:\nno such component"):
        measure.measure_pipeline(interpreter(script), PIPELINE, SENTENCES, ROWS, epochs=1)
    assert engine.heard == []
