import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from claims import audit
from claims.database import engine_for
from claims.errors import AuditBroken
from tests.support.threads import together


@pytest.fixture
def trail(work):
    """Three entries in two transactions."""
    with work() as unit:
        audit.record(unit.session, "handler01", "claim_moved", "claim:C1", {"to": "已受理"})
        audit.record(unit.session, "customer", "code_sent", "conversation:1")
        unit.commit()
    with work() as unit:
        audit.record(unit.session, "handler01", "claim_moved", "claim:C1", {"to": "closed"})
        unit.commit()


def _verify(work) -> int:
    with work() as unit:
        return audit.verify(unit.session)


def _tamper(url: str, statement: str) -> None:
    """As someone with the database's own password could."""
    with engine_for(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER audit_entries_keep_update"))
            connection.execute(text("DROP TRIGGER audit_entries_keep_delete"))
        connection.execute(text(statement))


def test_an_empty_trail_is_whole(work) -> None:
    assert _verify(work) == 0


def test_a_whole_trail_is_counted(work, trail) -> None:
    assert _verify(work) == 3


def test_what_is_undone_leaves_no_entry(work, trail) -> None:
    with work() as unit:
        audit.record(unit.session, "handler01", "claim_moved", "claim:C2")
        unit.rollback()
        unit.commit()
    assert _verify(work) == 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entries SET actor = 'someone' WHERE id = 2", "entry 2 was changed"),
        ("UPDATE audit_entries SET detail = '{}' WHERE id = 1", "entry 1 was changed"),
        ("UPDATE audit_entries SET at = '2020-01-01 00:00:00' WHERE id = 3", "entry 3 was changed"),
        ("DELETE FROM audit_entries WHERE id = 2", "entry 2 is missing"),
        ("DELETE FROM audit_entries WHERE id = 3", "should end with entry 3"),
        ("DELETE FROM audit_entries", "should end with entry 3"),
    ],
)
def test_tampering_is_found(work, trail, database_url: str, statement: str, said: str) -> None:
    _tamper(database_url, statement)
    with pytest.raises(AuditBroken, match=said):
        _verify(work)


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
def test_the_database_refuses_changes(work, trail, database_url: str, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), engine_for(database_url).begin() as connection:
        connection.execute(text(statement))
    assert _verify(work) == 3


def test_many_writers_make_one_chain(work) -> None:
    def write(number: int) -> None:
        for _ in range(3):
            with work() as unit:
                audit.record(unit.session, f"agent{number}", "tested", "nothing")
                unit.commit()

    together(8, write)
    assert _verify(work) == 24
