"""The gateway's own sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import channels
from channels.gateway.wording import WordingError, say

ROOM = Path(channels.__file__).parent
#: Sentences whose name is put together: say(f"keys_{awaiting}").
COMPOSED = re.compile(r"say\(f\"([a-z]+_)\{")
NAMED = re.compile(r"(?:Refused\(\d+, |problem_response\(\d+, |say\()\"([a-z_]+)\"")


def test_every_sentence_that_the_code_names_exists_and_none_is_left_over() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py"))
    written = set()
    for path in ROOM.rglob("wording.yml"):
        room = path.parent.name
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        assert all(name.startswith(f"utter_{room}_") for name in responses), path
        written |= {name.removeprefix(f"utter_{room}_") for name in responses}
    assert set(NAMED.findall(code)) <= written
    families = tuple(COMPOSED.findall(code))
    named = {name for name in written if f'"{name}"' in code or f"'{name}'" in code or name.startswith(families)}
    assert written - named == set()


def test_values_are_filled_in() -> None:
    assert "2000" in say("text_too_long", limit=2000)


def test_a_missing_sentence_or_value_is_an_error() -> None:
    with pytest.raises(WordingError):
        say("no_such_sentence")
    with pytest.raises(WordingError):
        say("text_too_long")
