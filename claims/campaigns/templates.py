"""The texts that may be sent, with whom they concern."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from pydantic import Field, model_validator

from claims.rules.loading import Rule, read_rules
from claims.vocabulary import Line

FILE = Path(__file__).with_name("templates.yml")
OURS = frozenset({"city"})
"""Values that are filled in for each customer."""
ANYWHERE = "您所在地区"


class Template(Rule):
    name: str
    lines: tuple[Line, ...] = Field(min_length=1)
    needs: dict[str, str]
    days: int = Field(gt=0)
    most: int = Field(gt=0)
    chat: str
    sms: str

    @model_validator(mode="after")
    def _known_values(self) -> Template:
        for words in (self.chat, self.sms):
            unknown = {name for _, name, _, _ in Formatter().parse(words) if name} - set(self.needs) - OURS
            if unknown:
                raise ValueError(f"unknown values {', '.join(sorted(unknown))}")
        return self


class Templates(Rule):
    templates: dict[str, Template]


@cache
def templates() -> dict[str, Template]:
    """By key; RuleFileError if the file is wrong."""
    return read_rules(FILE, Templates).templates


def text(template: str, details: Mapping[str, str], *, city: str | None, channel: str) -> str:
    """What one customer reads."""
    found = templates()[template]
    words = found.sms if channel == "sms" else found.chat
    return words.format(**details, city=city or ANYWHERE)
