"""Every script below scripts/ is one test: a whole dialogue against the real stack."""

from pathlib import Path

import pytest

from evaluation.conversations import Player
from evaluation.script import find_scripts, load_script
from evaluation.stack import Stack

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.mark.stack
@pytest.mark.parametrize("path", find_scripts(SCRIPTS), ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_script(path: Path, fresh_stack: Stack) -> None:
    stack = fresh_stack
    played = Player(load_script(path), stack.chat_url, stack.staff_url, stack.staff_token).play()
    assert played.passed, played.report()
