"""Asks another process for the vectors of many sentences: torch, which is quick at it, is not in this environment.

A line {"texts": [...]} goes out, a line {"release": "0.3.0", "vectors": "..."} comes back: float32, little-endian, a
row a text, in base64. {"pieces": [[...], ...], "depth": 6} asks for what that layer makes of each piece: a row a piece.
Why there are two ways to a vector: docs/decisions/0009-two-ways-to-a-vector.md.
"""

from __future__ import annotations

import base64
import json
import logging
from typing import Any, Dict, List, Sequence, TextIO

import numpy as np

from bot.components.encoder import LONGEST, encode_many, version
from bot.inner import context

logger = logging.getLogger(__name__)

_SENTENCES_A_LINE = 256
"""So many at once where each piece gets a row: some 10 MB of text."""


class BulkEncoder:
    """Encodes through a process that reads `requests` and writes `answers`; by itself once that has failed."""

    def __init__(self, requests: TextIO, answers: TextIO) -> None:
        self._requests, self._answers = requests, answers
        self._failed = False

    def encode_many(self, name: str, texts: Sequence[str]) -> np.ndarray:
        """Embeddings (n, dimensions) of many texts by the encoder of that name, as `encoder.encode_many`."""
        if not self._failed:
            try:
                return self._ask(name, {"texts": [text[:LONGEST] or " " for text in texts]}, len(texts))
            except (OSError, ValueError, KeyError) as error:
                self._give_up(len(texts), error)
        return encode_many(name, texts)

    def read_inner(self, sentences: Sequence[Sequence[int]]) -> List[np.ndarray]:
        """What the inner layers make of sentences, given as numbers of pieces, as `bot.inner.context.read_many`."""
        read: List[np.ndarray] = []
        while len(read) < len(sentences) and not self._failed:
            some = sentences[len(read) : len(read) + _SENTENCES_A_LINE]
            try:
                rows = self._ask("e5", {"pieces": some, "depth": context.DEPTH}, sum(map(len, some)))
                read += np.split(rows, np.cumsum([len(pieces) for pieces in some])[:-1])
            except (OSError, ValueError, KeyError) as error:
                self._give_up(len(sentences) - len(read), error)
        return read + context.read_many(sentences[len(read) :])

    def _give_up(self, count: int, error: Exception) -> None:
        logger.warning("%d sentences are encoded here, the other process gave none: %s", count, error)
        self._failed = True

    def _ask(self, name: str, request: Dict[str, Any], rows: int) -> np.ndarray:
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        answer = json.loads(self._answers.readline())
        if answer["release"] != version(name):
            raise ValueError(f"its release of the encoder is {answer['release']}, ours {version(name)}")
        vectors = np.frombuffer(base64.b64decode(answer["vectors"]), dtype="<f4").reshape(rows, -1)
        if not vectors.size:
            raise ValueError("it sent no numbers")
        return vectors.copy()
