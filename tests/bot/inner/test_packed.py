import struct
from pathlib import Path

import numpy as np
import pytest

from bot.inner.packed import FormatUnknown, Packed, unpack

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "理赔", "спасибо"]


def block(scale: float, lows: int, highs: int) -> bytes:
    return struct.pack("<e", scale) + bytes([lows | highs << 4] * 16)


def small_file(path: Path) -> Path:
    """A file of the format with six pieces, two replaced characters and two tensors."""
    text = "".join(WORDS).encode()
    begins = np.cumsum([0, *(len(word.encode()) for word in WORDS)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 2, 4, 64, 6, 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(WORDS), 0, 2, 1, 3, len(text)) + begins.tobytes()
    head += np.arange(len(WORDS), dtype="<f4").tobytes() + text
    head += struct.pack("<iI", 2, 22) + struct.pack("<IBII", ord("㎡"), 2, ord("m"), ord("2"))
    head += struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    matrix = block(0.5, 0, 15) + block(2.0, 8, 9)
    numbers = np.array([1.5, -2.0], dtype="<f4").tobytes()
    at = len(head) + 4 + (2 + 4 + 21) + (2 + 3 + 21)
    head += struct.pack("<i", 2)
    head += struct.pack("<H4sBIQQ", 4, b"word", 1, 64, at, len(matrix))
    head += struct.pack("<H3sBIQQ", 3, b"l.b", 0, 2, at + len(matrix), len(numbers))
    path.write_bytes(head + matrix + numbers)
    return path


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    packed = Packed(small_file(tmp_path / "small.bin"))
    assert (packed.shape.hidden, packed.shape.layers, packed.shape.types) == (32, 2, 2)
    assert (packed.pieces.bos, packed.pieces.eos, packed.pieces.unknown) == (0, 2, 3)
    assert packed.floats("l.b").tolist() == [1.5, -2.0]


def test_pieces_of_scripts_nobody_writes_here_are_left_out(tmp_path: Path) -> None:
    pieces = Packed(small_file(tmp_path / "small.bin")).pieces
    assert pieces.known["理赔"] == (4, 4.0)
    assert "спасибо" not in pieces.known


def test_a_character_is_replaced_where_the_sentence_keeps_its_length(tmp_path: Path) -> None:
    assert Packed(small_file(tmp_path / "small.bin")).pieces.replaced == {ord("Ａ"): "A"}


def test_four_bits_are_scaled_around_eight(tmp_path: Path) -> None:
    rows = unpack(Packed(small_file(tmp_path / "small.bin")).blocks("word", 32))
    assert rows.shape == (2, 32)
    assert rows[0].tolist() == [-4.0] * 16 + [3.5] * 16
    assert rows[1].tolist() == [0.0] * 16 + [2.0] * 16


@pytest.mark.parametrize("content", [b"", b"GGUF" + b"\0" * 200, b"E5S1" + struct.pack("<I", 2) + b"\0" * 200])
def test_another_file_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.bin").write_bytes(content)
    with pytest.raises(FormatUnknown, match=r"other\.bin"):
        Packed(tmp_path / "other.bin")
