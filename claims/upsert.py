"""Where SQLite and PostgreSQL differ: INSERT … ON CONFLICT DO NOTHING, and whether others write at the same time."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Insert = postgresql.Insert | sqlite.Insert


def insert_into(session: Session, table: type[DeclarativeBase]) -> Any:
    """The dialect's own insert, which knows on_conflict_do_nothing and on_conflict_do_update."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: Any) -> Any:
    """The same where the statement is made once for each dialect. table: a mapped class or a Table."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def insert_new(session: Session, table: type[DeclarativeBase], key: tuple[str, ...]) -> Any:
    """INSERT … ON CONFLICT (key) DO NOTHING RETURNING the row, made once: building it anew costs more than running it.
    Execute it with the row's values."""
    return _insert_new(session.get_bind().dialect.name, table, key)


@cache
def _insert_new(dialect: str, table: type[DeclarativeBase], key: tuple[str, ...]) -> Any:
    return insert_for(dialect, table).on_conflict_do_nothing(index_elements=list(key)).returning(table)


def writes_alone(session: Session) -> bool:
    """Whether a transaction that writes has the whole database to itself, so that a row needs no lock and what was read
    of it in this transaction stays true. SQLite: it begins with IMMEDIATE (claims.database)."""
    return session.get_bind().dialect.name == "sqlite"
