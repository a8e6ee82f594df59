"""Standard cover plans of the five lines, and the shape of one cover of a policy."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, field_serializer

from claims.rules.loading import DATA, Rule, RuleFileError, label, read_rules
from claims.vocabulary import Cause, Line

Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]


class CoverItem(Rule):
    """One cover of a policy. Limit and deductible are CNY; clause names where the terms are written."""

    model_config = ConfigDict(extra="ignore", frozen=True)  # a policy's own JSON may carry more than we read

    name: str = Field(min_length=1)
    causes: tuple[Cause, ...] = Field(min_length=1)
    limit: Money
    deductible: Money = Decimal("0.00")
    clause: str = ""

    @field_serializer("limit", "deductible", when_used="json")
    def _two_places(self, amount: Decimal) -> str:
        return f"{amount:.2f}"


class PlanItem(CoverItem):
    """A cover in plans.yml, where a misspelt key is a mistake and every cover names its clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str = Field(min_length=1)


class Plans(Rule):
    plans: dict[Line, dict[str, tuple[PlanItem, ...]]]


@cache
def load(directory: Path) -> Plans:
    """plans.yml of a rule directory; RuleFileError if it is wrong or a line has no standard plan."""
    path = directory / "plans.yml"
    plans = read_rules(path, Plans)
    for line in Line:
        if not plans.plans.get(line, {}).get("standard"):
            raise RuleFileError(f"{label(path)}: plans › {line}: the standard plan is missing")
    return plans


def _rules() -> Plans:
    return load(DATA)


def variants(line: Line) -> list[str]:
    """The names of a line's plans."""
    return list(_rules().plans[line])


def plan(line: Line, variant: str = "standard") -> list[dict[str, Any]]:
    """A plan as the JSON kept in a policy: {name, causes, limit, deductible, clause}, money as text with two places.

    KeyError if the line has no such variant.
    """
    return [item.model_dump(mode="json") for item in _rules().plans[line][variant]]
