"""Whole made-up months: claims with their callbacks, the talks of those days, and the policies that ended."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from claims import clock
from claims.seed import aftermath
from claims.seed.history import seed_history


def seed_months(session: Session, first: date, last: date) -> int:
    """From the first day to the last (Shanghai); how many claims are new. Commit afterwards; safe to run again."""
    made = seed_history(session, first, last)
    aftermath.callbacks(session, made, clock.now())
    aftermath.talks(session, first, last)
    aftermath.endings(session, first, last)
    return len(made)
