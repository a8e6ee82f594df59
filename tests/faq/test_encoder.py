from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from faq import encoder as module
from faq.bulk.apart import BulkFailed
from faq.encoder import MANY, Embedder, Vectors, build_encoder
from faq.errors import EncoderUnavailable


@pytest.fixture(scope="module")
def encoder() -> SentenceTransformer:
    return build_encoder()


def test_the_embedded_encoder_knows_what_is_near(encoder: SentenceTransformer) -> None:
    glass, windscreen, complaint = encoder.encode(["车玻璃碎了", "前挡风玻璃裂了", "我要投诉你们"])
    assert glass @ windscreen > glass @ complaint
    assert np.allclose(np.linalg.norm(glass), 1, atol=1e-4)
    assert glass.shape == (encoder.get_embedding_dimension(),) == (384,)


def test_the_embedded_encoder_is_an_ordinary_model_that_can_be_saved(
    encoder: SentenceTransformer, tmp_path: Path
) -> None:
    encoder.save(str(tmp_path / "model"))
    again = SentenceTransformer(str(tmp_path / "model"), trust_remote_code=True, device="cpu")
    assert np.allclose(encoder.encode("住院报销"), again.encode("住院报销"))


def test_a_configured_path_is_loaded_by_sentence_transformers(encoder: SentenceTransformer, tmp_path: Path) -> None:
    # A saved model whose module is ours asks for trust; one built of the library's own modules does not.
    from sentence_transformers.sentence_transformer.modules import BoW

    words = ["住院", "报销", "玻璃"]
    SentenceTransformer(modules=[BoW(vocab=words)], device="cpu").save(str(tmp_path / "bag"))
    vectors = Embedder(str(tmp_path / "bag")).encode(["住院", "玻璃"])
    assert vectors.shape == (2, len(words))
    assert abs(float(vectors[0] @ vectors[1])) < 1e-6


def test_an_encoder_that_cannot_be_loaded_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="LIPEI_ENCODER") as caught:
        build_encoder(str(tmp_path / "nothing"))
    assert str(tmp_path / "nothing") in str(caught.value)


def test_no_sentence_is_encoded_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = Embedder(remember=3)
    asked: list[list[str]] = []
    encode = embedder._model.encode
    monkeypatch.setattr(embedder._model, "encode", lambda texts, **kw: asked.append(texts) or encode(texts, **kw))
    first = embedder.encode(["甲", "乙", "甲"])
    again = embedder.encode(["乙", "甲"])
    assert asked == [["甲", "乙"]]
    assert np.array_equal(first[0], again[1])
    embedder.encode(["丙", "丁"])  # 甲 is forgotten: three are remembered
    embedder.encode(["乙", "甲"])
    assert asked == [["甲", "乙"], ["丙", "丁"], ["甲"]]


def test_many_new_sentences_are_encoded_in_bulk_and_few_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def bulk(texts: list[str]) -> Vectors:
        asked.append(len(texts))
        return np.eye(len(texts), 384, dtype=np.float32)

    monkeypatch.setattr(module, "queries_apart", bulk)
    embedder = Embedder()
    many = embedder.encode([str(number) for number in range(MANY)])
    few = embedder.encode(["住院报销"])
    assert asked == [MANY]
    assert many.sum() == 384  # the rows of the bulk encoder, each at the place of its text
    assert np.linalg.norm(few) == pytest.approx(1, abs=1e-4)


def test_when_the_bulk_encoder_fails_sentences_are_encoded_one_by_one(
    encoder: SentenceTransformer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(texts: list[str]) -> Vectors:
        raise BulkFailed("no memory")

    expected = encoder.encode(["住院报销", "玻璃"])
    monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(module, "queries_apart", fails)
    assert np.array_equal(encoder.encode(["住院报销", "玻璃"]), expected)
    assert "no memory" in caplog.text
