"""Where SQLite and PostgreSQL differ: INSERT … ON CONFLICT DO NOTHING, and whether others write at the same time."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Insert = postgresql.Insert | sqlite.Insert


def insert_into(session: Session, table: type[DeclarativeBase]) -> Any:
    """The dialect's own insert, which knows on_conflict_do_nothing and on_conflict_do_update."""
    return sqlite.insert(table) if writes_alone(session) else postgresql.insert(table)


def writes_alone(session: Session) -> bool:
    """Whether a transaction that writes has the whole database to itself, so that a row needs no lock and what was read
    of it in this transaction stays true. SQLite: it begins with IMMEDIATE (claims.database)."""
    return session.get_bind().dialect.name == "sqlite"
