from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.inner import store


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """How many sentences were read at each call of read_many; the store lies in a folder of its own."""
    monkeypatch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path))
    return []


def reading(asked: list[int]) -> store.ReadMany:
    def read_many(sentences: Sequence[Sequence[int]]) -> list[np.ndarray]:
        asked.append(len(sentences))
        return [np.array([[number, 1.0] for number in sentence], dtype=np.float32) for sentence in sentences]

    return read_many


def test_only_what_is_new_is_read(asked: list[int]) -> None:
    first = store.read_all(["我要报案", "车被追尾了", "我要报案"], reading(asked))
    again = store.read_all(["车被追尾了", "人没事"], reading(asked))
    assert asked == [2, 1]
    assert np.allclose(first[1][1], again[0][1], atol=200)  # kept with three digits
    assert all(len(pieces) == len(rows) for pieces, rows in [*first, *again])


def test_what_cannot_be_read_is_made_again(asked: list[int], tmp_path: Path) -> None:
    store.read_all(["我要报案"], reading(asked))
    [file] = tmp_path.glob("*.npz")
    file.write_bytes(file.read_bytes()[:40])
    store.read_all(["我要报案"], reading(asked))
    assert asked == [1, 1]


def test_the_engine_reads_by_itself_where_nobody_else_does(asked: list[int]) -> None:
    [(pieces, rows)] = store.read_all(["我要报案"])
    assert rows.shape == (len(pieces), 384)
