from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from faq.encoder import Embedder, build_encoder
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
