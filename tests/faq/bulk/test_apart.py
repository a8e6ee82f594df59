import sys

import numpy as np
import pytest

from faq.bulk import apart
from faq.bulk.apart import BulkFailed, queries_apart


def test_another_process_gives_vectors_in_which_like_is_near_like() -> None:
    glass, windscreen, complaint = queries_apart(["车玻璃碎了", "前挡风玻璃裂了", "我要投诉你们"])
    assert glass @ windscreen > glass @ complaint
    assert len(glass) == 384


@pytest.mark.parametrize("program", ["import sys; sys.exit('no weights here')", "print('{}')"])
def test_a_process_without_an_answer_is_an_error_that_quotes_it(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", program))
    with pytest.raises(BulkFailed, match="no weights here" if "exit" in program else "said nothing"):
        queries_apart(["车玻璃碎了"])


def test_rows_are_in_the_order_of_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = (
        "import base64, json, struct, sys; texts = json.load(sys.stdin)['texts'];"
        "print(json.dumps({'vectors': base64.b64encode(struct.pack('<4f', *map(float, texts * 2))).decode()}))"
    )
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", answer))
    assert np.array_equal(queries_apart(["1.5", "2.5"]), [[1.5, 2.5], [1.5, 2.5]])
