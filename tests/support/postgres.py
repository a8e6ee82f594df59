"""A real PostgreSQL server for tests: started once a session, on a free loopback port, in a temporary directory.

Use the fixture by importing it into a conftest.py: `from tests.support.postgres import postgres_server`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

_USER = "lipei"
_INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
_START_ATTEMPTS = 5  # another program may take the free port between finding it and using it


@dataclass
class PostgresServer:
    """A running server. Databases are thrown away with it."""

    port: int
    _numbers: Iterator[int]

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{_USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """The name of a fresh database, copied from `template` (to which nobody may be connected)."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._admin(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
        return name

    def drop_database(self, name: str) -> None:
        """Throw one away, whoever is connected."""
        with psycopg.connect(self._admin(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]

    def _admin(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={_USER} dbname=postgres"


def _programs() -> Path:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].partition(".")[0])
    )
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.fail("PostgreSQL's server programs are missing: install the Debian package postgresql", pytrace=False)
    return found[-1].parent if found else Path(str(on_path)).parent


def _run(command: list[str], directory: Path) -> subprocess.CompletedProcess[str]:
    """As an ordinary user: PostgreSQL refuses to run as root."""
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with (directory / "commands.log").open("a+") as log:
        # pg_ctl leaves the server running with our output open, so that goes to a file, not to a pipe.
        done = subprocess.run(command, stdout=log, stderr=log, cwd=directory, text=True, check=False, **as_user)  # type: ignore[call-overload]
    done.stdout = (directory / "commands.log").read_text()
    return done  # type: ignore[no-any-return]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(programs: Path, directory: Path) -> int:
    for _ in range(_START_ATTEMPTS):
        port = _free_port()
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
        )
        started = _run(
            [f"{programs}/pg_ctl", "start", "-w", "-D", f"{directory}/data", "-l", f"{directory}/log", "-o", options],
            directory,
        )
        if started.returncode == 0:
            return port
    pytest.fail(f"PostgreSQL did not start: {started.stdout}", pytrace=False)


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """A server of these programs, thrown away at the end."""
    directory = Path(tempfile.mkdtemp(prefix="lipei-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(directory, "postgres", "postgres")
    try:
        made = _run(
            [f"{programs}/initdb", "-D", f"{directory}/data", "-U", _USER, *_INITDB],
            directory,
        )
        if made.returncode != 0:
            pytest.fail(f"initdb failed: {made.stdout}", pytrace=False)
        yield PostgresServer(_start(programs, directory), count(1))
        _run([f"{programs}/pg_ctl", "stop", "-D", f"{directory}/data", "-m", "immediate"], directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the whole test session."""
    with running_server(_programs()) as server:
        yield server
