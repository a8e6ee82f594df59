"""Conditions on the facts of a report, as simple keys in rule files."""

from collections.abc import Iterable
from decimal import Decimal

from pydantic import model_validator

from claims.facts import Facts
from claims.rules.loading import Rule
from claims.vocabulary import Cause


class Condition(Rule):
    """All keys given must hold. A key that is left out does not matter.

    Amounts are CNY and compared with loss_estimate; injured_min and injured_max are numbers of people.
    sure: while it hangs on a fact that is not known, it counts as not met.
    """

    cause: frozenset[Cause] | None = None
    cause_not: frozenset[Cause] | None = None
    third_party: bool | None = None
    police_reported: bool | None = None
    injured_min: int | None = None
    injured_max: int | None = None
    amount_over: Decimal | None = None
    amount_up_to: Decimal | None = None
    company: bool | None = None
    sure: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set - {"sure"}:
            raise ValueError("a condition without keys; leave it out instead")
        return self

    def holds(self, facts: Facts, *, company: bool = False) -> bool | None:
        """True, False, or None when it hangs on a fact that is not known."""
        result = _all(self._parts(facts, company))
        return False if result is None and self.sure else result

    def _parts(self, facts: Facts, company: bool) -> Iterable[bool | None]:
        if self.company is not None:
            yield self.company == company
        if self.cause is not None:
            yield None if facts.cause is None else facts.cause in self.cause
        if self.cause_not is not None:
            yield None if facts.cause is None else facts.cause not in self.cause_not
        if self.third_party is not None:
            yield None if facts.third_party is None else facts.third_party == self.third_party
        if self.police_reported is not None:
            yield None if facts.police_reported is None else facts.police_reported == self.police_reported
        injured, amount = facts.injured_count, facts.loss_estimate
        if self.injured_min is not None:
            yield None if injured is None else injured >= self.injured_min
        if self.injured_max is not None:
            yield None if injured is None else injured <= self.injured_max
        if self.amount_over is not None:
            yield None if amount is None else amount > self.amount_over
        if self.amount_up_to is not None:
            yield None if amount is None else amount <= self.amount_up_to


When = Condition | tuple[Condition, ...]
"""In a rule file: one condition, or a list of which any may hold."""


def holds(when: When | None, facts: Facts, *, company: bool = False) -> bool | None:
    """Whether `when` is met; no condition is always met, None means it hangs on a fact that is not known."""
    if when is None:
        return True
    if isinstance(when, Condition):
        return when.holds(facts, company=company)
    results = [one.holds(facts, company=company) for one in when]
    if any(results):
        return True
    return None if None in results else False


def both(first: bool | None, second: bool | None) -> bool | None:
    """Logical and over true, false and not known."""
    return _all((first, second))


def _all(parts: Iterable[bool | None]) -> bool | None:
    results = list(parts)
    if False in results:
        return False
    return None if None in results else True
