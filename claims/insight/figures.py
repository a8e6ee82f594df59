"""The shapes of figures. Each knows its rows: table and ids, so that anybody can count again."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, by their ids."""

    table: str
    ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: str, ids: Iterable[object]) -> Rows:
        return cls(table, tuple(str(each) for each in ids))

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Count:
    """How many."""

    key: str
    rows: Rows

    @property
    def value(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in CNY."""

    key: str
    rows: Rows
    total: Decimal

    @property
    def mean(self) -> Decimal | None:
        """None when there is nothing to divide by."""
        return (self.total / len(self.rows)).quantize(Decimal("0.01"), ROUND_HALF_UP) if len(self.rows) else None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, against a target in percent: at least, or at most."""

    key: str
    part: Rows
    whole: Rows
    target: Decimal | None = None
    at_most: bool = False

    @property
    def percent(self) -> Decimal | None:
        """With one place; None when there is nothing to divide by."""
        if not len(self.whole):
            return None
        return (Decimal(100) * len(self.part) / len(self.whole)).quantize(_TENTH, ROUND_HALF_UP)

    @property
    def met(self) -> bool | None:
        """Whether the target is met, by the counts and not by the rounded percentage; None without rows or target."""
        if self.target is None or not len(self.whole):
            return None
        exact = Decimal(100) * len(self.part)
        wanted = self.target * len(self.whole)
        return exact <= wanted if self.at_most else exact >= wanted


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations in hours, one for each row."""

    key: str
    rows: Rows
    hours: tuple[float, ...]

    @property
    def mean(self) -> float | None:
        return statistics.fmean(self.hours) if self.hours else None

    @property
    def median(self) -> float | None:
        return statistics.median(self.hours) if self.hours else None

    @property
    def most(self) -> float | None:
        """What nine of ten stay below (nearest rank)."""
        ranked = sorted(self.hours)
        return ranked[-(-len(ranked) * 9 // 10) - 1] if ranked else None


Figure = Count | Amount | Share | Spread


def row_sets(figure: Figure) -> Sequence[tuple[str, Rows]]:
    """("part" or "whole" or "rows", the rows) of a figure."""
    if isinstance(figure, Share):
        return (("part", figure.part), ("whole", figure.whole))
    return (("rows", figure.rows),)
