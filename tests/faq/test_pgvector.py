"""The index on a real PostgreSQL server with pgvector."""

from collections.abc import Iterator

import numpy as np
import psycopg
import pytest

from faq.catalogue import Entry
from faq.errors import StoreUnavailable
from faq.index import Index
from faq.pgvector import KEPT_CONTENTS, PgStore
from faq.store import DiskStore, chosen_store, open_index
from lipei.settings import Settings
from tests.faq.conftest import CharacterEmbedder, make_entry
from tests.support.pgvector import vector_server
from tests.support.postgres import PostgresServer, postgres_server

__all__ = ["postgres_server", "vector_server"]
DECOYS = ["今天天气好吗", "推荐一部电影"]
QUESTIONS = ["玻璃碎了", "投訴你们", "住院的钱", "今天天气"]


@pytest.fixture
def url(vector_server: PostgresServer) -> Iterator[str]:
    name = vector_server.new_database()
    yield vector_server.url(name)
    vector_server.drop_database(name)


def rows_tables(url: str) -> list[str]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'faq' AND tablename LIKE 'rows_%'"
        ).fetchall()
    return [name for (name,) in found]


def test_scores_are_those_of_the_process(url: str, entries: list[Entry]) -> None:
    here = Index(entries, CharacterEmbedder(), DECOYS).score(QUESTIONS)
    there = open_index(entries, CharacterEmbedder(), PgStore(url), DECOYS).score(QUESTIONS)
    assert np.allclose(here.rank, there.rank, atol=1e-3)
    assert np.allclose(here.belonging, there.belonging, atol=1e-4)
    assert np.allclose(here.decoy, there.decoy, atol=1e-5)


def test_another_machine_encodes_nothing(url: str, entries: list[Entry]) -> None:
    first = open_index(entries, CharacterEmbedder(), PgStore(url), DECOYS)
    later = CharacterEmbedder()
    again = open_index(entries, later, PgStore(url), DECOYS)
    assert later.encoded == []
    assert again.search("玻璃碎了") == first.search("玻璃碎了")
    assert len(rows_tables(url)) == 1


def test_an_edit_encodes_only_what_is_new_and_old_contents_go(url: str, entries: list[Entry]) -> None:
    for number in range(KEPT_CONTENTS + 2):
        later = CharacterEmbedder()
        open_index([*entries, make_entry("tyre", f"轮胎坏了{number}次赔吗", answer="看条款。")], later, PgStore(url))
    assert later.encoded == [f"轮胎坏了{number}次赔吗"]
    assert len(rows_tables(url)) == KEPT_CONTENTS


def test_beyond_what_is_compared_exactly_the_nearest_are_found(
    url: str, entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faq.pgvector.EXACT_UP_TO", 5)
    monkeypatch.setattr("faq.pgvector.NEAREST", 4)
    index = open_index(entries, CharacterEmbedder(), PgStore(url))
    for entry in entries:
        assert index.search(entry.question)[0].entry_id == entry.id
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        (kinds,) = connection.execute("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%hnsw%'").fetchone() or (0,)
    assert kinds == 1


def test_a_lost_connection_is_made_again(url: str, entries: list[Entry]) -> None:
    index = open_index(entries, CharacterEmbedder(), PgStore(url))
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert index.search("我要投诉")[0].entry_id == "complaint"


def test_a_server_without_the_extension_is_named_with_what_to_do(postgres_server: PostgresServer) -> None:
    name = postgres_server.new_database()
    with psycopg.connect(postgres_server.url(name).replace("+psycopg", "")) as connection:
        available = "SELECT FROM pg_available_extensions WHERE name = 'vector'"
        has_it = connection.execute(available).fetchone() is not None
    if has_it:  # then leave out the server altogether: the sentence is the same
        name = "no_such_database"
    with pytest.raises(StoreUnavailable, match="LIPEI_FAQ_STORE=disk"):
        PgStore(postgres_server.url(name))


def test_a_server_that_is_gone_is_said_so(vector_server: PostgresServer, entries: list[Entry]) -> None:
    name = vector_server.new_database()
    index = open_index(entries, CharacterEmbedder(), PgStore(vector_server.url(name)))
    vector_server.drop_database(name)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        index.search("我要投诉")


def test_sqlite_has_no_vectors() -> None:
    with pytest.raises(StoreUnavailable, match="LIPEI_DATABASE_URL"):
        PgStore("sqlite:///x.db")


def test_the_setting_chooses(url: str, tmp_path: object) -> None:
    assert isinstance(chosen_store(Settings()), DiskStore)
    assert isinstance(chosen_store(Settings(faq_store="pgvector", database_url=url)), PgStore)
