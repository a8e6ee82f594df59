"""Asks another process for the vectors of many sentences: torch, which is quick at it, is not in this environment.

A line {"texts": [...]} goes out, a line {"release": "0.3.0", "vectors": "..."} comes back: float32, little-endian, a
row a text, in base64. Why there are two ways to a vector: docs/decisions/0009-two-ways-to-a-vector.md.
"""

from __future__ import annotations

import base64
import json
import logging
from typing import Sequence, TextIO

import numpy as np

from bot.components.encoder import LONGEST, encode_many, version

logger = logging.getLogger(__name__)


class BulkEncoder:
    """Encodes through a process that reads `requests` and writes `answers`; by itself once that has failed."""

    def __init__(self, requests: TextIO, answers: TextIO) -> None:
        self._requests, self._answers = requests, answers
        self._failed = False

    def encode_many(self, name: str, texts: Sequence[str]) -> np.ndarray:
        """Embeddings (n, dimensions) of many texts by the encoder of that name, as `encoder.encode_many`."""
        if not self._failed:
            try:
                return self._ask(name, [text[:LONGEST] or " " for text in texts])
            except (OSError, ValueError, KeyError) as error:
                logger.warning("%d sentences are encoded here, the other process gave none: %s", len(texts), error)
                self._failed = True
        return encode_many(name, texts)

    def _ask(self, name: str, texts: Sequence[str]) -> np.ndarray:
        self._requests.write(json.dumps({"texts": list(texts)}) + "\n")
        self._requests.flush()
        answer = json.loads(self._answers.readline())
        if answer["release"] != version(name):
            raise ValueError(f"its release of the encoder is {answer['release']}, ours {version(name)}")
        rows = np.frombuffer(base64.b64decode(answer["vectors"]), dtype="<f4").reshape(len(texts), -1)
        if not rows.size:
            raise ValueError("it sent no numbers")
        return rows.copy()
