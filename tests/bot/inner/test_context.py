from pathlib import Path

import numpy as np
import pytest

from bot.inner import context
from bot.inner.context import Context

TEXTS = ("昨天在人民南路追尾了", "我叫宋佳怡,车停在望江公园门口", "高女士在高新区被撞了")


@pytest.fixture(scope="module")
def fitted() -> Context:
    return Context.fit(context.read_many([[piece.number for piece in context.cut(text)] for text in TEXTS]))


@pytest.mark.parametrize("text", [*TEXTS, "", "😭"])
def test_every_character_has_a_place(fitted: Context, text: str) -> None:
    assert len(fitted.of(text)) == len(text)


def test_a_character_is_told_from_itself_by_what_stands_beside_it(fitted: Context) -> None:
    places = fitted.of(TEXTS[2])
    assert not np.allclose(places[0].numbers, places[4].numbers)  # 高女士, 高新区


def test_of_a_very_long_text_the_beginning_is_read(fitted: Context) -> None:
    assert 0 < len(fitted.of("追尾了" * 400)) < 300


def test_kept_and_loaded_it_says_the_same(fitted: Context, tmp_path: Path) -> None:
    fitted.save(tmp_path / "context.npz")
    again = Context.load(tmp_path / "context.npz")
    assert np.array_equal([place.numbers for place in again.of(TEXTS[0])], [p.numbers for p in fitted.of(TEXTS[0])])
