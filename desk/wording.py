"""What the desk says to people, in Chinese: the sentences of wording.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims.lifecycle import STATE_NAMES
from claims.vocabulary import ClaimState


class WordingError(RuntimeError):
    """wording.yml lacks a sentence."""


@cache
def _sections() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wording.yml").read_text(encoding="utf-8"))
    return loaded


def say(name: str, /, **values: object) -> str:
    """The sentence `section.name`, its values filled in."""
    section, _, word = name.partition(".")
    try:
        return str(_sections()[section][word]).format(**values)
    except KeyError as error:
        raise WordingError(f"wording.yml has no {name}, or it needs the value {error}") from error


def words(section: str) -> dict[str, str]:
    """Every word of a section, such as the names of roles."""
    return {str(key): str(value) for key, value in _sections()[section].items()}


def named(section: str, value: str) -> str:
    """The word of a section; the value itself when there is none."""
    return words(section).get(value, value)


def step_name(state: ClaimState) -> str:
    """收集材料（materials）: the name people read and the word the API takes."""
    return f"{STATE_NAMES[state]}（{state.value}）"
