"""`make test` runs every test in one of its parts, shows what each says, and fails when one does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "run_tests.py"
TESTS = """
import pytest
@pytest.mark.stack
def test_of_a_stack(): assert {stack}
def test_of_anything_else(): assert {others}
"""


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script in a project of its own."""
    spec = importlib.util.spec_from_file_location("run_tests", SCRIPT)
    assert spec is not None and spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = stack\n")
    (tmp_path / "tests" / "bot").mkdir(parents=True)
    monkeypatch.setattr(loaded, "ROOT", tmp_path)
    for name in ("ENGINE", "APP"):
        monkeypatch.setattr(loaded, name, (sys.executable, "-m", "pytest", "-p", "no:cacheprovider"))
    return loaded


@pytest.mark.parametrize(
    ("engine", "stack", "others"), [(True, True, True), (False, True, True), (True, False, True), (True, True, False)]
)
def test_one_failure_anywhere_fails_the_whole(
    script: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str], engine: bool, stack: bool, others: bool
) -> None:
    (tmp_path / "tests" / "bot" / "test_engine.py").write_text(f"def test_engine(): assert {engine}")
    (tmp_path / "tests" / "test_app.py").write_text(TESTS.format(stack=stack, others=others))
    (tmp_path / "conftest.py").write_text("collect_ignore = ['tests/bot']")
    assert script.main() == (0 if engine and stack and others else 1)
    said = capfd.readouterr().out
    failed = {name: f"FAILED tests/{name}" in said for name in ("bot/test_engine.py", "test_app.py")}
    assert failed == {"bot/test_engine.py": not engine, "test_app.py": not (stack and others)}
