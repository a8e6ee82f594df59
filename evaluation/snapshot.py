"""Setting a live SQLite database back to an earlier state."""

import contextlib
import sqlite3
from pathlib import Path

# The audit trail is append-only by trigger, and the schema's version does not change.
LEFT_ALONE = ("sqlite_", "alembic_", "audit")


def take(database: Path, snapshot: Path) -> None:
    """Copy `database` as it is now to `snapshot`."""
    snapshot.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("vacuum into ?", [str(snapshot)])


def restore(database: Path, snapshot: Path) -> None:
    """Give every table of `database` the rows it has in `snapshot`, in one transaction, under running processes."""
    with contextlib.closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute("attach ? as earlier", [str(snapshot)])
        connection.execute("begin immediate")
        connection.execute("pragma defer_foreign_keys = on")
        tables = connection.execute("select name from earlier.sqlite_master where type = 'table'").fetchall()
        for (name,) in tables:
            if not name.startswith(LEFT_ALONE):
                connection.execute(f'delete from main."{name}"')  # noqa: S608 - names come from the schema
                connection.execute(f'insert into main."{name}" select * from earlier."{name}"')  # noqa: S608
        connection.execute("commit")
