"""Cuts a sentence into the pieces that are most probable together: the unigram model of SentencePiece.

The library `tokenizers` cuts the same, but holds the vocabulary in 200 MB.
"""

from __future__ import annotations

from typing import List, NamedTuple

from bot.inner.packed import Pieces

_SPACE = "▁"
_UNKNOWN_COSTS = 10.0
"""Log probability under that of the least probable piece, as in SentencePiece."""


class Piece(NamedTuple):
    """The number of a piece, and the characters of the sentence it stands for."""

    number: int
    start: int
    end: int


class Cutter:
    """`cut` of one sentence at a time."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._longest = max(map(len, pieces.known))
        self._unknown = pieces.least - _UNKNOWN_COSTS

    def cut(self, text: str) -> List[Piece]:
        """The pieces of a text, which together stand for all of its characters."""
        # A word begins with a space, and so does a sentence.
        written = _SPACE + text.translate(self._pieces.replaced).replace(" ", _SPACE)
        best, begins = [0.0], [0]
        for end in range(1, len(written) + 1):
            scores = [(best[end - 1] + self._unknown, end - 1)]
            for start in range(max(0, end - self._longest), end):
                known = self._pieces.known.get(written[start:end])
                if known:
                    scores.append((best[start] + known[1], start))
            score, start = max(scores)
            best.append(score)
            begins.append(start)
        pieces, end = [], len(written)
        while end:
            start = begins[end]
            number, _ = self._pieces.known.get(written[start:end], (self._pieces.unknown, 0.0))
            pieces.append(Piece(number, max(start - 1, 0), end - 1))
            end = start
        return pieces[::-1]
