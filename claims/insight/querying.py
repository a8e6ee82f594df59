"""What the figures share: rows of a month, and putting them into groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import load_only

from claims.insight.month import Month
from claims.models import Claim

COUNTED = load_only(
    Claim.line, Claim.tier, Claim.reported_at, Claim.customer_id, Claim.policy_id, Claim.offer_amount, raiseload=True
)
"""What figures read of a claim. No personal field is deciphered, and reaching for one is an error."""

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def within(column: Any, month: Month) -> ColumnElement[bool]:
    """The condition that a moment lies in the month."""
    return and_(column >= month.start, column < month.end)


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """The items by key, in their order."""
    groups: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def hours_between(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds() / 3600
