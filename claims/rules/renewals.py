"""When a policy is renewed, what is checked before, when it is reminded of, and what the uses of a car are."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from claims import clock
from claims.clock import SHANGHAI
from claims.rules.loading import DATA, Rule, RuleFileError, label, read_rules
from claims.vocabulary import Line

Check = Literal["plate", "phone", "address", "use"]
Factor = Decimal


class Window(Rule):
    before_days: int = Field(gt=0)
    after_days: int = Field(ge=0)


class Reminders(Rule):
    """days: before the end, from the first to the last."""

    at: time
    days: tuple[int, ...] = Field(min_length=1)

    def moment(self, ends_at: datetime, days: int) -> datetime:
        """When the reminder of so many days before the end is due, in Asia/Shanghai."""
        return datetime.combine(clock.local(ends_at).date() - timedelta(days=days), self.at, SHANGHAI)

    def step(self, ends_at: datetime, now: datetime) -> int | None:
        """The step (its days) that is the newest at `now`; None before the first."""
        return next((days for days in reversed(self.days) if self.moment(ends_at, days) <= now), None)


class Use(Rule):
    name: str
    factor: Factor
    words: tuple[str, ...]
    product: tuple[str, ...] = ()


class CoverPrice(Rule):
    fixed: Decimal | None = None
    rate: Decimal | None = None
    plain: bool = False

    def of(self, limit: Decimal) -> Decimal:
        """The base premium of a cover with this limit."""
        return self.fixed if self.fixed is not None else limit * (self.rate or Decimal(0))


class VehicleTax(Rule):
    new_energy: Decimal
    other: Decimal


class Price(Rule):
    """Without `covers` the price is that of the term that ends."""

    covers: dict[str, CoverPrice] = Field(default_factory=dict)
    no_claim: tuple[Factor, ...] = ()
    by_use: bool = False
    vehicle_tax: VehicleTax | None = None
    vat: Decimal


class RenewalRules(Rule):
    window: Window
    reminders: Reminders
    checks: dict[Line, tuple[Check, ...]]
    uses: dict[str, Use]
    prices: dict[Line, Price]


@cache
def load(directory: Path) -> RenewalRules:
    """renewals.yml of a rule directory; RuleFileError if it is wrong or a line is missing."""
    path = directory / "renewals.yml"
    rules = read_rules(path, RenewalRules)
    for line in Line:
        if line not in rules.checks or line not in rules.prices:
            raise RuleFileError(f"{label(path)}: line {line} is missing")
    if list(rules.reminders.days) != sorted(set(rules.reminders.days), reverse=True):
        raise RuleFileError(f"{label(path)}: reminders › days: from the first to the last, each once")
    return rules


def rules() -> RenewalRules:
    return load(DATA)


def use_said(text: str) -> str | None:
    """The use that a sentence names; None when it names none."""
    return next((key for key, use in rules().uses.items() if any(word in text for word in use.words)), None)


def use_of_product(product: str) -> str | None:
    """The use that a product is made for."""
    return next((key for key, use in rules().uses.items() if any(word in product for word in use.product)), None)
