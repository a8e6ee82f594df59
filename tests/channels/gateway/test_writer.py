"""What waits for SQLite's one writer shares a transaction, and none of it pays for another's mistake."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from channels.gateway.writer import Writer
from claims import audit, conversations
from claims.database import UnitOfWork, engine_for, unit_of_work
from claims.models import Conversation


@pytest.fixture
def writer(database_url: str) -> Iterator[Writer]:
    made = Writer(database_url)
    yield made
    made.close()


@pytest.fixture
def busy(writer: Writer) -> Iterator[threading.Event]:
    """The writer is at work until this is set, or the test ends."""
    go_on, begun = threading.Event(), threading.Event()

    def work(unit: UnitOfWork) -> None:
        begun.set()
        go_on.wait(10)

    writer.submit(work)
    assert begun.wait(10)
    yield go_on
    go_on.set()


def put(unit: UnitOfWork) -> str:
    conversation, _ = conversations.open_conversation(unit.session, "webchat")
    audit.record(unit.session, "test", "opened", conversation.id)
    unit.commit()
    return conversation.id


def put_and_fail(unit: UnitOfWork) -> None:
    conversations.open_conversation(unit.session, "webchat")
    audit.record(unit.session, "test", "not_opened", "nothing")
    unit.session.flush()
    raise ValueError("a mistake")


def stored(url: str) -> set[str]:
    with unit_of_work(url, read_only=True) as unit:
        return set(unit.session.scalars(select(Conversation.id)))


def test_what_one_raises_undoes_its_own_part_only(writer: Writer, busy: threading.Event, database_url: str) -> None:
    first, failing, last = writer.submit(put), writer.submit(put_and_fail), writer.submit(put)
    busy.set()
    with pytest.raises(ValueError, match="a mistake"):
        failing.result(10)
    assert {first.result(10), last.result(10)} == stored(database_url)
    with unit_of_work(database_url, read_only=True) as unit:
        assert audit.verify(unit.session) == 2


def test_those_that_wait_are_committed_together(writer: Writer, busy: threading.Event, database_url: str) -> None:
    commits = []
    event.listen(engine_for(database_url), "commit", commits.append)
    waiting = [writer.submit(put) for _ in range(3)]
    busy.set()
    assert len({each.result(10) for each in waiting}) == 3
    assert len(commits) < 4


def test_who_is_waited_for_outside_goes_first(writer: Writer, busy: threading.Event) -> None:
    order: list[str] = []
    usual = writer.submit(lambda unit: order.append("usual"))
    first = writer.submit(lambda unit: order.append("first"), first=True)
    now = writer.submit(lambda unit: order.append("now"), now=True)
    busy.set()
    for each in (now, first, usual):
        each.result(10)
    assert order == ["now", "first", "usual"]


def test_a_flood_of_those_that_go_first_stops_no_other(writer: Writer, busy: threading.Event) -> None:
    order: list[str] = []
    usual = writer.submit(lambda unit: order.append("usual"))
    flood = [writer.submit(lambda unit: order.append("first"), first=True) for _ in range(20)]
    busy.set()
    for each in (usual, *flood):
        each.result(10)
    assert order.index("usual") < 5


def test_nobody_is_told_of_what_is_not_on_disk(writer: Writer, busy: threading.Event, database_url: str) -> None:
    engine = engine_for(database_url)

    @event.listens_for(engine, "commit")
    def full(connection: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    lost = writer.submit(put)
    busy.set()
    with pytest.raises(OperationalError):
        lost.result(10)
    event.remove(engine, "commit", full)
    assert stored(database_url) == set()
    assert {writer.submit(put).result(10)} == stored(database_url)
