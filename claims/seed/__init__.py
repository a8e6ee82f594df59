"""The demo data: the people, policies, claims and staff that documents and tests agree on."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from claims.seed import cases, people, staff


def seed_demo(session: Session, today: date) -> None:
    """Put the demo data in, with dates relative to `today` (Shanghai). Commit afterwards.

    Safe to run again: people and staff stay one each, policies get their dates anew, claims that exist are left as
    they are, whatever was done with them since.
    """
    staff.put(session)
    session.flush()
    policies = people.put(session, today)
    session.flush()
    cases.put(session, today, policies)
    session.flush()
