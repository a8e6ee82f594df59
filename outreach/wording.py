"""Approved sentences of what we say of our own accord, from wording.yml (the same shape as domain.yml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("wording.yml")


def say(name: str, **values: object) -> str:
    """The sentence utter_outreach_<name> with its values filled in. KeyError when there is none, or a value misses."""
    return _sentences()[f"utter_outreach_{name}"].format(**values)


@cache
def _sentences() -> dict[str, str]:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: str(variants[0]["text"]) for name, variants in data["responses"].items()}
