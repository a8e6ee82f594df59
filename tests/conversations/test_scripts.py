"""Every script below scripts/ is one test: a whole dialogue against the real stack."""

from pathlib import Path

import pytest

from claims import clock
from evaluation.conversations import Played, Player
from evaluation.script import find_scripts, load_script
from evaluation.stack import Stack

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.mark.stack
@pytest.mark.parametrize("path", find_scripts(SCRIPTS), ids=lambda path: str(path.relative_to(SCRIPTS)))
def test_script(path: Path, fresh_stack: Stack) -> None:
    day = clock.today()
    played = play(path, fresh_stack)
    if clock.today() != day:  # its "yesterday" is another day at the end
        fresh_stack.reset()
        played = play(path, fresh_stack)
    assert played.passed, played.report()


def play(path: Path, stack: Stack) -> Played:
    return Player(load_script(path), stack.chat_url, stack.staff_url, stack.staff_token).play()
