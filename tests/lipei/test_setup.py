"""`make setup` on small real environments. Nothing is downloaded: lock files name nothing, or what is not to be had."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lipei.settings import PROJECT_ROOT

sys.path.insert(0, str(PROJECT_ROOT / "scripts"))

import pythons
from environment import Environment, SetupFailed


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n")
    return Environment("app", tmp_path / "venv", sys.executable, [lock], tmp_path / "log" / "setup.log")


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_an_environment_is_made_once_and_again_when_its_lock_changes(environment: Environment) -> None:
    assert not environment.is_ready()
    environment.make()
    assert environment.is_ready()
    assert pythons.version_of(environment.bin_python) == sys.version_info[:2]
    environment.locks[0].write_text("# changed\n")
    assert not environment.is_ready()


def test_a_package_that_cannot_be_had_is_named_and_nothing_counts_as_ready(environment: Environment) -> None:
    environment.locks[0].write_text("no-such-package-anywhere==1.0\n")
    with pytest.raises(SetupFailed, match=r"does not have no-such-package-anywhere==1\.0") as caught:
        environment.make()
    assert "\n" not in str(caught.value)
    assert not environment.is_ready()


@pytest.mark.parametrize("whole", [True, False])
def test_a_whole_lock_fetches_nothing_it_does_not_name(environment: Environment, tmp_path: Path, whole: bool) -> None:
    wheel = tmp_path / "needy-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        for name, lines in {
            "METADATA": ("Metadata-Version: 2.1", "Name: needy", "Version: 1.0", "Requires-Dist: no-such-thing"),
            "WHEEL": ("Wheel-Version: 1.0", "Generator: test", "Root-Is-Purelib: true", "Tag: py3-none-any"),
            "RECORD": ("needy-1.0.dist-info/RECORD,,",),
        }.items():
            made.writestr(f"needy-1.0.dist-info/{name}", "\n".join(lines) + "\n")
    environment.locks[0].write_text(f"{wheel}\n")
    environment.whole = whole
    if whole:
        environment.make()
        assert environment.is_ready()
    else:
        with pytest.raises(SetupFailed, match="no-such-thing"):
            environment.make()


@pytest.mark.parametrize(
    ("log", "meaning"),
    [
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'", "check the network"),
        ("Collecting networkx\nERROR: [Errno 28] No space left on device", "the disk is full"),
        ("pip: something new", "pip stopped with an error"),
    ],
)
def test_pips_words_become_a_sentence(environment: Environment, log: str, meaning: str) -> None:
    environment.log.parent.mkdir()
    environment.log.write_text(log)
    assert meaning in environment._reason()


def test_a_shim_that_does_not_run_is_no_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "bin" / "python3.10", 'echo "pyenv: python3.10: command not found" >&2; exit 127')
    real = program(tmp_path / "pyenv" / "versions" / "3.10.13" / "bin" / "python3.10", "echo 3 10")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.delenv("LIPEI_PYTHON310", raising=False)
    assert pythons.find_engine_python() == str(real)


def test_the_named_python_wins_and_must_be_3_10(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_PYTHON310", str(program(tmp_path / "good", "echo 3 10")))
    assert pythons.find_engine_python() == str(tmp_path / "good")
    monkeypatch.setenv("LIPEI_PYTHON310", str(program(tmp_path / "other", "echo 3 9")))
    assert pythons.find_engine_python() is None


def test_without_python_3_10_setup_says_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_PYTHON310", str(tmp_path / "none"))
    done = subprocess.run(
        [sys.executable, PROJECT_ROOT / "scripts" / "setup.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("lipei: Python 3.10 was not found")
    assert len(done.stderr.strip().splitlines()) == 1


def test_make_lists_its_targets() -> None:
    done = subprocess.run(["make", "-C", PROJECT_ROOT], capture_output=True, text=True, check=True)
    for target in ("demo", "test", "lint", "setup", "train", "clean"):
        assert f"make {target} " in done.stdout
