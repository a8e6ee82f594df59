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
