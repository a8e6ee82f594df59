import sqlite3
from pathlib import Path

from evaluation.snapshot import restore, take


def test_rows_go_back_under_an_open_connection_and_the_audit_stays(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    live = sqlite3.connect(database)
    live.executescript(
        """
        pragma journal_mode = wal; pragma foreign_keys = on;
        create table parent (id integer primary key, name text);
        create table child (id integer primary key, parent_id integer not null references parent (id));
        create table audit_entries (id integer primary key);
        insert into parent values (1, 'first'); insert into child values (1, 1);
        """
    )
    take(database, tmp_path / "snapshot.db")
    live.executescript(
        """
        update parent set name = 'changed'; insert into parent values (2, 'second'); insert into child values (2, 2);
        insert into audit_entries values (1);
        """
    )
    restore(database, tmp_path / "snapshot.db")
    assert live.execute("select * from parent").fetchall() == [(1, "first")]
    assert live.execute("select * from child").fetchall() == [(1, 1)]
    assert live.execute("select count(*) from audit_entries").fetchone() == (1,)
    live.close()
