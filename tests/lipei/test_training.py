"""Training with a stand-in for Rasa that writes a file, so that only what is around it is tested."""

from pathlib import Path

import psutil
import pytest

from lipei.settings import PROJECT_ROOT, Settings
from lipei.training import INPUTS, KEPT_MODELS, TrainingFailed, ensure_model, model_path

STAND_IN = """#!/bin/sh
[ "$2" = bot.components.encode_ahead ] && { [ -f fail ] && exit 1; touch encoded-ahead; exec sleep 60; }
[ -f fail ] && { echo "no can do" >&2; exit 1; }
echo trained >> trainings
while [ $# -gt 0 ]; do
  [ "$1" = --out ] && out=$2
  [ "$1" = --fixed-model-name ] && name=$2
  shift
done
echo model > "$out/$name.tar.gz"
"""


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    files = {"config.yml": "a", "domain.yml": "b", "data/nlu/x.yml": "c", "bot/components/part.py": "d"}
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    python = tmp_path / "bot" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN)
    python.chmod(0o755)
    return Settings(root=tmp_path, var_dir=tmp_path / "var")


def trainings(project: Settings) -> int:
    return len((project.root / "trainings").read_text().splitlines())


def test_an_unchanged_project_is_trained_once(project: Settings) -> None:
    first, trained = ensure_model(project)
    again, trained_again = ensure_model(project)
    assert (trained, trained_again) == (True, False)
    assert first == again == model_path(project)
    assert trainings(project) == 1


def test_sentences_are_encoded_ahead_and_that_ends_with_the_training(project: Settings) -> None:
    before = set(psutil.Process().children(recursive=True))
    ensure_model(project)  # would take a minute if it waited for the process beside it
    assert set(psutil.Process().children(recursive=True)) <= before


def test_every_package_of_the_engine_is_an_input() -> None:
    """Each of them takes part in learning; what does not is a module beside them."""
    packages = {f"bot/{file.parent.name}" for file in (PROJECT_ROOT / "bot").glob("*/__init__.py")}
    assert packages and packages <= set(INPUTS)


@pytest.mark.parametrize(
    "name", ["config.yml", "domain.yml", "data/nlu/x.yml", "bot/components/part.py", "data/rules/new.yml"]
)
def test_any_changed_or_new_input_means_a_new_model(project: Settings, name: str) -> None:
    first, _ = ensure_model(project)
    (project.root / name).parent.mkdir(exist_ok=True)
    (project.root / name).write_text("changed")
    second, trained = ensure_model(project)
    assert trained
    assert second != first


def test_compiled_files_and_environments_are_no_inputs(project: Settings) -> None:
    first = model_path(project)
    cache = project.root / "bot" / "__pycache__"
    cache.mkdir()
    (cache / "part.pyc").write_text("x")
    (project.root / "bot" / ".venv" / "more").write_text("x")
    assert model_path(project) == first


def test_a_failure_says_why_and_leaves_no_model(project: Settings) -> None:
    (project.root / "fail").touch()
    with pytest.raises(TrainingFailed, match="no can do"):
        ensure_model(project)
    assert list((project.var_dir / "models").iterdir()) == []


def test_only_the_newest_models_are_kept(project: Settings) -> None:
    for number in range(KEPT_MODELS + 2):
        (project.root / "config.yml").write_text(str(number))
        newest, _ = ensure_model(project)
    left = list((project.var_dir / "models").iterdir())
    assert len(left) == KEPT_MODELS
    assert newest in left


def test_without_the_engine_environment_one_sentence_says_what_to_do(project: Settings) -> None:
    (project.root / "bot" / ".venv" / "bin" / "python").unlink()
    with pytest.raises(TrainingFailed, match="make setup"):
        ensure_model(project)
