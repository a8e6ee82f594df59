"""The sentences of wording.yml, their values filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims.script import to_script


@cache
def _sections() -> dict[str, dict[str, str]]:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wording.yml").read_text(encoding="utf-8"))
    return {name: section for name, section in data.items() if isinstance(section, dict)}


def told(name: str, /, script: str = "hans", **values: object) -> str:
    """A sentence for a customer, in the customer's script."""
    return to_script(_sections()["told"][name].format(**values), script)


def button(name: str, script: str = "hans") -> str:
    """The title of a button."""
    return to_script(_sections()["buttons"][name], script)


def part(name: str, /, **values: object) -> str:
    """A part of the summary that agents read."""
    return _sections()["summary"][name].format(**values)


def reason(name: str) -> str:
    """Why a person is needed, in words."""
    return _sections()["reasons"][name]


def tried(action: str) -> str | None:
    """What an action does for a customer, in words; None for those that are no work of their own."""
    return _sections()["tried"].get(action)


def channel(name: str) -> str:
    """What people call a channel."""
    return _sections()["channels"].get(name, name)
