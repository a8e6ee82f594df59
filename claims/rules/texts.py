"""Texts that live in a wording.yml beside the code that fills them in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import RootModel

from claims.rules.loading import read_rules


class Texts(RootModel[dict[str, str]]):
    """Text by name; {braces} name the values."""


@cache
def load(path: Path) -> dict[str, str]:
    """The texts of a file; RuleFileError if it is wrong."""
    return read_rules(path, Texts).root


def fill(path: Path, name: str, **values: Any) -> str:
    """One text with its values. KeyError for an unknown text or a missing value."""
    return load(path)[name].format(**values)
