"""The two processes beside training, with a shell script for each."""

import shutil
from pathlib import Path

import psutil
import pytest

from lipei import head_start
from lipei.head_start import encoding_ahead
from lipei.processes import ENGINE_PYTHON


def scripts(root: Path, monkeypatch: pytest.MonkeyPatch, lister: str, encoder: str) -> None:
    shell = root / ENGINE_PYTHON
    shell.parent.mkdir(parents=True)
    shell.symlink_to(shutil.which("sh") or "/bin/sh")
    monkeypatch.setattr(head_start, "LISTER", ("-c", lister))
    monkeypatch.setattr(head_start, "ENCODER", ("sh", "-c", encoder))


@pytest.fixture
def before() -> set[psutil.Process]:
    """The children that other tests of the session still have."""
    return set(psutil.Process().children())


def ended(count: int, before: set[psutil.Process]) -> None:
    """Wait for the new children to end by themselves."""
    children = set(psutil.Process().children()) - before
    assert len(children) == count
    psutil.wait_procs(children)


def test_each_reads_what_the_other_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[psutil.Process]
) -> None:
    lister = "echo 我要报案; read answer; echo $answer > kept"
    scripts(tmp_path, monkeypatch, lister, 'while read text; do echo "vectors of $text"; done; echo no more >&2')
    with encoding_ahead(tmp_path, {}, tmp_path / "log"):
        ended(2, before)  # the encoder, too: it sees that nobody asks any more
    assert (tmp_path / "kept").read_text() == "vectors of 我要报案\n"
    assert (tmp_path / "log").read_text() == "no more\n"


def test_who_asks_sees_that_the_other_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[psutil.Process]
) -> None:
    scripts(tmp_path, monkeypatch, "read answer || echo alone > kept", "exit 1")
    with encoding_ahead(tmp_path, {}, tmp_path / "log"):
        ended(2, before)
    assert (tmp_path / "kept").read_text() == "alone\n"


def test_both_end_with_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[psutil.Process]
) -> None:
    scripts(tmp_path, monkeypatch, "exec sleep 60", "exec sleep 60")
    with encoding_ahead(tmp_path, {}, tmp_path / "log"):
        assert len(set(psutil.Process().children()) - before) == 2
    assert set(psutil.Process().children()) <= before
