"""A calendar month as people in Shanghai count it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from claims import clock
from claims.clock import SHANGHAI
from claims.errors import BadInput


@dataclass(frozen=True, order=True, slots=True)
class Month:
    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """ "2026-10"; BadInput for anything else."""
        found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text)
        if found is None:
            raise BadInput("a month is written as 2026-10")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def last_full(cls) -> Self:
        """The month before the present one."""
        return cls.of(clock.today().replace(day=1) - timedelta(days=1))

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """Its first moment, aware."""
        return datetime(self.year, self.month, 1, tzinfo=SHANGHAI)

    @property
    def end(self) -> datetime:
        """The first moment after it, aware."""
        return self.following.start

    @property
    def following(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"
