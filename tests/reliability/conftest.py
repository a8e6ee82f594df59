"""What holds after every test of this folder, whatever was killed."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from claims import audit
from claims.database import unit_of_work
from evaluation.stack import Stack, free_ports
from lipei.settings import get_settings

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):  # the hook is given those of every folder
            item.add_marker(pytest.mark.stack)


@pytest.fixture
def sound_stack(fresh_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A stack whose database is whole afterwards, its audit chain unbroken, and no customer's message unanswered."""
    yield fresh_stack
    # The chain is sealed with the stack's key, whatever other tests of this run have set.
    monkeypatch.setenv("LIPEI_DATA_KEY", fresh_stack.settings.data_key or "")
    monkeypatch.setenv("LIPEI_KEY_FILE", str(fresh_stack.settings.key_file))
    get_settings.cache_clear()
    url = fresh_stack.settings.database_url
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("select count(*) from messages where state = 'received'").fetchone() == (0,)
    with unit_of_work(url, read_only=True) as work:
        audit.verify(work.session)
    get_settings.cache_clear()


@pytest.fixture
def second_gateway(sound_stack: Stack) -> Iterator[str]:
    """Address of another gateway of the same stack; its process is called gateway2."""
    first = sound_stack.processes["gateway"]
    (port,) = free_ports(1)
    command = ("/usr/bin/env", f"LIPEI_GATEWAY_PORT={port}", *first.command)
    ready_url = first.ready_url.replace(str(first.port), str(port))
    sound_stack.processes["gateway2"] = replace(first, command=command, port=port, ready_url=ready_url)
    try:
        sound_stack.restart("gateway2")
        yield f"http://127.0.0.1:{port}"
    finally:
        sound_stack.kill("gateway2")
        del sound_stack.processes["gateway2"], sound_stack.running["gateway2"]
