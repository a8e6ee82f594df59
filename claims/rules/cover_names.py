"""Covers as customers name them ("三者", "座位险", "门诊"), and what in a policy they mean."""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from claims.rules.causes import read_for_line
from claims.rules.cover import PolicyTerms, covering
from claims.rules.loading import DATA, Rule, read_rules
from claims.rules.plans import CoverItem
from claims.vocabulary import Cause, Line


class CoverName(Rule):
    """One cover by its customers' names; the keys are told at the top of cover_names.yml."""

    name: str = Field(min_length=1)
    said: tuple[str, ...] = ()
    said_in_line: tuple[str, ...] = ()
    sold_as: tuple[str, ...] = ()
    lines: tuple[Line, ...] = Field(min_length=1)
    items: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    when_covered: str = ""
    when_missing: str = ""

    @model_validator(mode="after")
    def _means_something(self) -> "CoverName":
        if not self.said and not self.said_in_line:
            raise ValueError("no words name it: give said or said_in_line")
        if not self.items and not self.causes:
            raise ValueError("give items or causes, else no policy can have it")
        if self.sold_as and len(self.lines) > 1:
            raise ValueError("sold_as tells the line, so there must be one line only")
        for cause in self.causes:
            if all(read_for_line(cause, line) is None for line in self.lines):
                raise ValueError(f"cause {cause} is in none of its lines")
        return self


class CoverNames(Rule):
    covers: dict[str, CoverName] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_word_twice(self) -> "CoverNames":
        owner: dict[str, str] = {}
        for key, cover in self.covers.items():
            for word in cover.said:
                if word in owner:
                    raise ValueError(f"{word} means both {owner[word]} and {key}")
                owner[word] = key
        return self


@cache
def load(directory: Path) -> CoverNames:
    """cover_names.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "cover_names.yml", CoverNames)


def cover(key: str) -> CoverName:
    """The cover with that key. KeyError if there is none."""
    return load(DATA).covers[key]


def named(text: str, line: Line | None = None) -> str | None:
    """Key of the cover that Simplified text names, or None.

    One sold under its own name, else the first of the line given, else the first of any.
    """
    covers = load(DATA).covers
    sold = [key for key, cover in covers.items() if _any(cover.sold_as, text)]
    found = [key for key, cover in covers.items() if _any(cover.said, text)]
    in_line = [
        key for key, cover in covers.items() if line in cover.lines and (key in found or _any(cover.said_in_line, text))
    ]
    return next(iter([*sold, *in_line, *found]), None)


def line_told(key: str, text: str) -> Line | None:
    """The line that a cover's own name tells in Simplified text, against what else was read from it; None if none."""
    wanted = cover(key)
    return wanted.lines[0] if _any(wanted.sold_as, text) else None


def items(key: str, policy: PolicyTerms) -> tuple[CoverItem, ...]:
    """The covers of a policy that are the named one, in the policy's order; none in a policy of another line."""
    wanted = cover(key)
    if policy.line not in wanted.lines:
        return ()
    answering = {item.name for cause in wanted.causes for item in covering(policy, cause)}
    return tuple(
        item for item in policy.items if item.name in answering or any(part in item.name for part in wanted.items)
    )


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(word in text for word in words)
