"""The demo staff, one of each role."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import StaffAccount
from claims.vocabulary import Role

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("agent01", "王敏", Role.AGENT),
    ("handler01", "刘洋", Role.HANDLER),
    ("surveyor01", "周涛", Role.SURVEYOR),
    ("supervisor01", "吴静", Role.SUPERVISOR),
    ("admin01", "系统管理员", Role.ADMIN),
)

WATCHES = "supervisor01"
"""Whom alerts of service-level clocks are mailed to in the demonstration."""


def put(session: Session) -> None:
    """Add the accounts that are not there yet."""
    there = set(session.scalars(select(StaffAccount.login)))
    for login, name, role in STAFF:
        if login not in there:
            email = f"{login}@example.com" if login == WATCHES else None
            session.add(StaffAccount(login=login, name=name, role=role, email=email))
