"""Reads what customers wrote where no sentence encoder was at hand, on the questionnaire's pages for one."""

from __future__ import annotations

from functools import cache

from claims.database import unit_of_work
from claims.feedback import Reader, examples
from claims.surveys import opinions
from faq import service


def read_opinions(url: str | None = None) -> int:
    """Read what waits; how many. The encoder is loaded when there is something to read for the first time."""
    with unit_of_work(url, read_only=True) as unit:
        waiting = opinions.unread(unit.session)
    if not waiting:
        return 0
    with unit_of_work(url) as unit:
        count = opinions.read_now(unit.session, waiting, _reader().read)
        unit.commit()
    return count


@cache
def _reader() -> Reader:
    return Reader(examples(), service.encode)
