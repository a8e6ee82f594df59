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
    said: tuple[str, ...] = Field(min_length=1)
    said_in_line: tuple[str, ...] = ()
    lines: tuple[Line, ...] = Field(min_length=1)
    items: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    when_covered: str = ""
    when_missing: str = ""

    @model_validator(mode="after")
    def _means_something(self) -> "CoverName":
        if not self.items and not self.causes:
            raise ValueError("give items or causes, else no policy can have it")
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
    """Key of the cover that Simplified text names: the first of the line given, else the first of any; or None."""
    found = [key for key, cover in load(DATA).covers.items() if any(word in text for word in cover.said)]
    if line is None:
        return found[0] if found else None
    in_line = [
        key
        for key, cover in load(DATA).covers.items()
        if line in cover.lines and (key in found or any(word in text for word in cover.said_in_line))
    ]
    return next(iter([*in_line, *found]), None)


def items(key: str, policy: PolicyTerms) -> tuple[CoverItem, ...]:
    """The covers of a policy that are the named one, in the policy's order; none in a policy of another line."""
    wanted = cover(key)
    if policy.line not in wanted.lines:
        return ()
    answering = {item.name for cause in wanted.causes for item in covering(policy, cause)}
    return tuple(
        item for item in policy.items if item.name in answering or any(part in item.name for part in wanted.items)
    )
