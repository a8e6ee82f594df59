"""The index on a PostgreSQL server with the pgvector extension: one index for all machines.

Vectors are encoded once and read by every process that starts; meaning is compared on the server. Up to EXACT_UP_TO
texts the server compares a question with all of them, and the results are those of the disk store. Beyond, an HNSW
index names the NEAREST texts; all others count as being as near as the last of these, which is the most they can be.
Writing (character n-grams) and what is learned from the phrasings stay in the process: they are small, and pg_trgm
does not see single Chinese characters.

The tables hold what can be computed again, so they are made here, in a schema of their own, and not by a migration: a
server without the extension stays fit for everything else.
"""

import hashlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import psycopg
from psycopg import sql

from faq.encoder import Embedder
from faq.errors import StoreUnavailable
from faq.index import Index
from faq.spaces import Floats, MeaningSpace

EXACT_UP_TO = 8_000
NEAREST = 400
KEPT_CONTENTS = 3
_SCHEMA = """
CREATE SCHEMA IF NOT EXISTS faq;
CREATE TABLE IF NOT EXISTS faq.embeddings (
    encoder text, text text, vector vector NOT NULL, PRIMARY KEY (encoder, text));
CREATE TABLE IF NOT EXISTS faq.contents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, hash text UNIQUE NOT NULL);
"""
_LOCK = 0x6C697065  # so that two processes that start at once do not both write

T = TypeVar("T")


class PgStore:
    """Vectors in a database. `url` is the product's database address. Raises StoreUnavailable with what to do."""

    def __init__(self, url: str) -> None:
        if not url.startswith("postgresql"):
            raise StoreUnavailable("LIPEI_FAQ_STORE=pgvector needs LIPEI_DATABASE_URL to be a PostgreSQL server.")
        self._address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._connection: psycopg.Connection[Any] | None = None
        self._one_at_a_time = threading.Lock()
        try:
            self.run(_prepare)
        except (psycopg.Error, StoreUnavailable) as error:
            raise StoreUnavailable(
                f"The FAQ index cannot be kept in PostgreSQL (LIPEI_FAQ_STORE=pgvector): {str(error).strip()}. "
                "Install the pgvector extension on the server, or set LIPEI_FAQ_STORE=disk."
            ) from error

    def run(self, work: Callable[[psycopg.Connection[Any]], T]) -> T:
        """Do something in one transaction; once more over a new connection if the old one was lost.

        Raises StoreUnavailable when the server cannot be reached.
        """
        with self._one_at_a_time:
            for last in (False, True):
                try:
                    if self._connection is None or self._connection.closed:
                        self._connection = psycopg.connect(self._address)
                    with self._connection.transaction():
                        return work(self._connection)
                except psycopg.OperationalError as error:
                    if self._connection is not None:
                        self._connection.close()
                    if last:
                        raise StoreUnavailable(f"The FAQ index on PostgreSQL cannot be reached: {error}") from error
        raise AssertionError("unreachable")

    def recall(self, embedder: Embedder) -> None:
        rows = self.run(
            lambda c: c.execute(
                "SELECT text, vector FROM faq.embeddings WHERE encoder = %s", [embedder.name]
            ).fetchall()
        )
        if rows:
            embedder.know([text for text, _ in rows], np.stack([_vector(value) for _, value in rows]))

    def keep(self, index: Index) -> None:
        texts = list(dict.fromkeys(index.texts_embedded))
        rows = list(zip(texts, index.embedder.encode(texts), strict=True))

        def work(connection: psycopg.Connection[Any]) -> None:
            with connection.cursor() as cursor:
                cursor.execute("CREATE TEMP TABLE fresh (text text, vector vector) ON COMMIT DROP")
                with cursor.copy("COPY fresh FROM STDIN") as copy:
                    for text, vector in rows:
                        copy.write_row((text, _literal(vector)))
                cursor.execute(
                    "DELETE FROM faq.embeddings e WHERE encoder = %s "
                    "AND NOT EXISTS (SELECT FROM fresh WHERE fresh.text = e.text)",
                    [index.embedder.name],
                )
                cursor.execute(
                    "INSERT INTO faq.embeddings SELECT %s, text, vector FROM fresh ON CONFLICT DO NOTHING",
                    [index.embedder.name],
                )

        self.run(work)

    def meaning(self, vectors: Floats, decoys: Floats | None) -> MeaningSpace:
        return PgMeaning(self, vectors, decoys)


class PgMeaning(MeaningSpace):
    """Texts are compared on the server; the decoys, which are few, in the process."""

    def __init__(self, store: PgStore, vectors: Floats, decoys: Floats | None) -> None:
        super().__init__(vectors, decoys)
        self._store = store
        self._count = len(self.rows)
        digest = hashlib.sha256(np.ascontiguousarray(self.rows).tobytes()).hexdigest()[:32]
        self._table = sql.Identifier("faq", f"rows_{digest}")
        store.run(lambda connection: _fill(connection, digest, self._table, self.rows))

    def built(self) -> None:
        self.rows = self.rows[:0]  # the server has them

    def compare(self, vectors: Floats) -> tuple[Floats, Floats]:
        placed = self.place(vectors)
        found = self._store.run(lambda connection: np.stack([self._nearest(connection, row) for row in placed]))
        return found, placed @ self._decoys.T

    def _nearest(self, connection: psycopg.Connection[Any], vector: Floats) -> Floats:
        exact = self._count <= EXACT_UP_TO
        if not exact:
            connection.execute(sql.SQL("SET LOCAL hnsw.ef_search = {}").format(NEAREST))
        query = sql.SQL("SELECT position, 1 - (vector <=> %s::vector) FROM {table} {order}").format(
            table=self._table,
            order=sql.SQL("") if exact else sql.SQL("ORDER BY vector <=> %s::vector LIMIT {}").format(NEAREST),
        )
        literal = _literal(vector)
        rows = np.array(connection.execute(query, [literal] if exact else [literal, literal]).fetchall())
        cosines = np.full(self._count, rows[:, 1].min(), dtype=np.float32)
        cosines[rows[:, 0].astype(int)] = rows[:, 1]
        return cosines


def _prepare(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    connection.execute(_SCHEMA)


def _fill(connection: psycopg.Connection[Any], digest: str, table: sql.Identifier, rows: Floats) -> None:
    """One table a content: the name is its hash, so a table that is there is right and complete."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if connection.execute("SELECT FROM faq.contents WHERE hash = %s", [digest]).fetchone() is None:
        dimensions = rows.shape[1]
        connection.execute(
            sql.SQL("CREATE TABLE {} (position int PRIMARY KEY, vector vector({}) NOT NULL)").format(table, dimensions)
        )
        with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy:
            for position, row in enumerate(rows):
                copy.write_row((position, _literal(row)))
        if len(rows) > EXACT_UP_TO:
            connection.execute(sql.SQL("CREATE INDEX ON {} USING hnsw (vector vector_cosine_ops)").format(table))
        connection.execute("INSERT INTO faq.contents (hash) VALUES (%s)", [digest])
    outdated = "DELETE FROM faq.contents WHERE id <= (SELECT max(id) FROM faq.contents) - %s RETURNING hash"
    for (old,) in connection.execute(outdated, [KEPT_CONTENTS]).fetchall():
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier("faq", f"rows_{old}")))


def _literal(vector: Floats) -> str:
    return "[" + ",".join(map(repr, vector.tolist())) + "]"


def _vector(literal: str) -> Floats:
    return np.array(literal[1:-1].split(","), dtype=np.float32)
