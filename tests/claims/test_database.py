import base64
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from claims.database import engine_for, make_engine, unit_of_work, upgrade
from claims.errors import ConfigError
from claims.migrations import newest
from claims.models import Base, Conversation, Customer, Policy, StaffAccount
from claims.vocabulary import Line, Role
from lipei.settings import get_settings
from tests.support.threads import together

ROOT = Path(__file__).parents[2]


def _staff(unit, login: str) -> None:
    unit.session.add(StaffAccount(login=login, name="王敏", role=Role.AGENT))


def _logins(work) -> list[str]:
    with work() as unit:
        return list(unit.session.scalars(select(StaffAccount.login)))


def test_what_is_committed_stays(work) -> None:
    with work() as unit:
        _staff(unit, "agent01")
        unit.commit()
    assert _logins(work) == ["agent01"]


def test_what_is_not_committed_is_undone(work) -> None:
    with work() as unit:
        _staff(unit, "agent01")
        unit.session.flush()
    assert _logins(work) == []


def test_an_error_undoes_everything(work) -> None:
    def fail_half_way() -> None:
        with work() as unit:
            _staff(unit, "agent01")
            unit.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert _logins(work) == []


def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    with engine_for(database_url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_line_of_migrations_and_its_end_is_the_file_of_the_highest_number() -> None:
    config = Config()
    config.set_main_option("script_location", "claims:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


def test_every_migration_can_be_undone(database_url: str) -> None:
    from alembic import command

    config = Config()
    config.set_main_option("script_location", "claims:migrations")
    with engine_for(database_url).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_upgrading_works_from_any_directory_and_twice(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade(empty_url)
    upgrade(empty_url)
    with engine_for(empty_url).connect() as connection:
        assert "claims" in inspect(connection).get_table_names()


def test_processes_may_upgrade_at_once(empty_url: str) -> None:
    program = "import sys; from claims.database import upgrade; upgrade(sys.argv[1])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen([sys.executable, "-c", program, empty_url], env=environment) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    with engine_for(empty_url).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM key_checks")) == 1


def test_another_key_is_found_at_the_start(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_DATA_KEY", base64.b64encode(b"x" * 32).decode())
    get_settings.cache_clear()
    try:
        with pytest.raises(ConfigError, match="LIPEI_DATA_KEY"):
            upgrade(database_url)
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()


def test_personal_fields_cannot_be_read_in_the_database(work, database_url: str, backend: str, tmp_path: Path) -> None:
    with work() as unit:
        unit.session.add(Customer(name="张伟", phone="13800138001", phone_index="x", email="zhangwei@example.com"))
        unit.commit()
    with engine_for(database_url).connect() as connection:
        row = connection.execute(text("SELECT name, phone, email FROM customers")).one()
    assert all(value.startswith("v1.") for value in row)
    if backend == "sqlite":
        engine_for(database_url).dispose()
        raw = b"".join(file.read_bytes() for file in tmp_path.glob("lipei.db*"))
        assert b"customers" in raw
        for secret in ("张伟", "13800138001", "zhangwei"):
            assert secret.encode() not in raw
    with work() as unit:
        customer = unit.session.scalars(select(Customer)).one()
        assert (customer.name, customer.phone) == ("张伟", "13800138001")


def test_a_time_without_a_zone_is_refused(session) -> None:
    session.add(Conversation(channel="web", last_inbound_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - that is the test
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_times_come_back_aware_and_equal(work, time) -> None:
    with work() as unit:
        unit.session.add(Conversation(channel="web", last_inbound_at=time.moment))
        unit.commit()
    with work() as unit:
        stored = unit.session.scalars(select(Conversation)).one().last_inbound_at
    assert stored == time.moment
    assert stored.utcoffset().total_seconds() == 0


def test_foreign_keys_are_enforced(session, time) -> None:
    session.add(Policy(number="PA1", customer_id="nobody", line=Line.AUTO, starts_at=time.moment, ends_at=time.moment))
    with pytest.raises(IntegrityError):
        session.flush()


def test_many_writers_wait_for_each_other(work) -> None:
    def write(number: int) -> None:
        with work() as unit:
            unit.session.scalars(select(StaffAccount)).all()  # read first: a writer half-way must not fail
            _staff(unit, f"agent{number:02}")
            unit.commit()

    together(8, write)
    assert sorted(_logins(work)) == [f"agent{number:02}" for number in range(8)]


def test_reading_does_not_wait_for_a_writer(work, database_url: str) -> None:
    with work() as writer:
        _staff(writer, "agent01")
        writer.session.flush()
        with unit_of_work(database_url, read_only=True) as reader:
            assert reader.session.scalars(select(StaffAccount)).all() == []


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://x/y", "nonsense"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match="LIPEI_DATABASE_URL"):
        make_engine(url)
