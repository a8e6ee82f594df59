import base64
import io
import json
from typing import Any

import numpy as np
import pytest

from bot.components import bulk_encoder
from bot.components.bulk_encoder import BulkEncoder
from bot.components.encoder import LONGEST, version

ROWS = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)


def answer(**changed: Any) -> str:
    whole = {"release": version("e5"), "vectors": base64.b64encode(ROWS.tobytes()).decode()}
    return json.dumps({**whole, **changed}) + "\n"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is encoded in this process."""
    asked: list[list[str]] = []
    monkeypatch.setattr(
        bulk_encoder, "encode_many", lambda name, texts: asked.append(list(texts)) or np.zeros((len(texts), 2))
    )
    return asked


def test_the_other_process_is_asked_a_line_at_a_time(here: list[list[str]]) -> None:
    requests = io.StringIO()
    bulk = BulkEncoder(requests, io.StringIO(answer() + answer()))
    assert (bulk.encode_many("e5", ["我要报案", "你好"]) == ROWS).all()
    assert (bulk.encode_many("e5", ["", "字" * (LONGEST + 9)]) == ROWS).all()
    first, second = [json.loads(line) for line in requests.getvalue().splitlines()]
    assert first == {"texts": ["我要报案", "你好"]}
    assert second == {"texts": [" ", "字" * LONGEST]}
    assert here == []


@pytest.mark.parametrize(
    "said",
    ["", "Traceback\n", "{}\n", answer(release="0.0.1"), answer(vectors="AAAA"), answer(vectors="")],
    ids=["it ended", "no JSON", "no vectors", "another release", "half a number", "no row a text"],
)
def test_without_an_answer_that_fits_it_encodes_by_itself_and_asks_no_more(said: str, here: list[list[str]]) -> None:
    requests = io.StringIO()
    bulk = BulkEncoder(requests, io.StringIO(said))
    bulk.encode_many("e5", ["我要报案", "你好"])
    bulk.encode_many("e5", ["好的", "你好"])
    assert here == [["我要报案", "你好"], ["好的", "你好"]]
    assert len(requests.getvalue().splitlines()) == 1


def test_a_closed_pipe_is_no_answer(here: list[list[str]]) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    BulkEncoder(Closed(), io.StringIO()).encode_many("e5", ["你好"])
    assert here == [["你好"]]


@pytest.fixture
def inner_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sentences' pieces are read in this process."""
    read: list[int] = []
    monkeypatch.setattr(
        bulk_encoder.context, "read_many", lambda some: read.append(len(some)) or [np.zeros((len(s), 2)) for s in some]
    )
    return read


def test_the_other_process_reads_pieces_some_sentences_a_line(
    inner_here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_encoder, "_SENTENCES_A_LINE", 2)
    requests = io.StringIO()
    one_row = answer(vectors=base64.b64encode(ROWS[:1].tobytes()).decode())
    rows = BulkEncoder(requests, io.StringIO(answer() + one_row)).read_inner([[7], [8], [9]])
    assert np.array_equal(np.concatenate(rows), np.concatenate([ROWS, ROWS[:1]]))
    assert [json.loads(line)["pieces"] for line in requests.getvalue().splitlines()] == [[[7], [8]], [[9]]]
    assert inner_here == [0]


def test_pieces_nobody_answers_for_are_read_here(inner_here: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_encoder, "_SENTENCES_A_LINE", 1)
    one_row = answer(vectors=base64.b64encode(ROWS[:1].tobytes()).decode())
    rows = BulkEncoder(io.StringIO(), io.StringIO(one_row)).read_inner([[7], [8, 9], [10]])
    assert [len(own) for own in rows] == [1, 2, 1]
    assert inner_here == [2]
