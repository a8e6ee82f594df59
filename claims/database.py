"""Engines, the unit of work, and bringing a database up to date."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from claims import audit, keycheck
from claims.errors import ConfigError
from claims.migrations import newest
from lipei.settings import get_settings

SQLITE_WAIT_SECONDS = 10
_READ_ONLY = "lipei_read_only"
_MIGRATION_LOCK = 0x11BE1


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys, writers queue for 10 s) or PostgreSQL (psycopg, READ COMMITTED).

    ConfigError for anything else.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError("LIPEI_DATABASE_URL is not a database address") from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    if parsed.drivername == "postgresql+psycopg":
        return create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True, pool_size=10, max_overflow=10)
    raise ConfigError(
        f"LIPEI_DATABASE_URL names {parsed.drivername}; use sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
    )


def _sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": SQLITE_WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # a claim number once told must survive a power cut
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A plain BEGIN that turns into a writer half-way fails at once instead of waiting; IMMEDIATE waits its turn.
        read_only = connection.get_execution_options().get(_READ_ONLY)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


@lru_cache(maxsize=16)
def _engine(url: str, _process: int) -> Engine:
    return make_engine(url)


def engine_for(url: str | None = None) -> Engine:
    """The engine of this process for `url` (default: the configured database), made once."""
    return _engine(url or get_settings().database_url, os.getpid())


_Session = sessionmaker(expire_on_commit=False)
event.listen(_Session, "before_commit", audit.write_recorded)


class UnitOfWork:
    """One transaction. Leaving it without `commit()` undoes everything."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.rollback()
        self.session.close()

    def commit(self) -> None:
        """Make everything done so far permanent, audit entries last."""
        self.session.commit()

    def rollback(self) -> None:
        """Undo everything since the last commit."""
        self.session.rollback()
        audit.forget_recorded(self.session)


def unit_of_work(url: str | None = None, *, read_only: bool = False) -> UnitOfWork:
    """A unit of work to use in a `with`.

    `read_only` promises not to write: on SQLite it then never waits for writers.
    """
    engine = engine_for(url)
    bind = engine.execution_options(**{_READ_ONLY: True}) if read_only else engine
    return UnitOfWork(_Session(bind=bind))


@contextmanager
def shared_transaction(url: str | None = None) -> Iterator[Callable[[], UnitOfWork]]:
    """One transaction for several units of work, one after the other: what each commits is permanent when the block
    ends well, all or none; what one undoes is its own part only. For SQLite, where each commit waits for the disk."""
    with engine_for(url).begin() as connection:
        yield lambda: UnitOfWork(_Session(bind=connection, join_transaction_mode="create_savepoint"))


def upgrade(url: str | None = None) -> None:
    """Bring the database to the newest schema (made when missing), and check that the data key belongs to it.

    Safe to run from several processes at once. ConfigError when the key is another one.
    """
    with _locked_for_migration(engine_for(url)) as connection:
        if _version(connection) != newest():
            _migrate(connection)
        keycheck.check(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("select version_num from alembic_version"))
    return version


def _migrate(connection: Connection) -> None:
    # Alembic takes most of a second to import; a process that finds its database up to date starts without it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "claims:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _locked_for_migration(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        yield connection
