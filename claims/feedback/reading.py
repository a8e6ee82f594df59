"""Mood and topics of a sentence: ridge regression on characters and their neighbours, learned when first asked.

Three hundred sentences are learned in a tenth of a second, so nothing is stored. Alternatives: docs/feedback.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from claims.feedback.examples import Example, examples
from claims.feedback.ngrams import Floats, Space

MOODS = ("bad", "neutral", "good")
TOPICS = {
    "speed": "处理速度",
    "amount": "赔付金额",
    "attitude": "服务态度",
    "materials": "材料手续",
    "explanation": "解释说明",
    "inspection": "查勘定损",
    "repair": "维修质量",
    "app": "线上系统",
}
"""Name → what staff read."""
RIDGE = 0.5
MENTIONED = 0.33
"""A topic counts as mentioned from here on; chosen on held-out fifths of the training sentences."""


@dataclass(frozen=True, slots=True)
class Reading:
    """mood: one of MOODS. topics: of TOPICS, the surest first."""

    mood: str
    topics: tuple[str, ...]


class Reader:
    """Learned from these examples."""

    def __init__(self, learned: Sequence[Example]) -> None:
        self._space = Space([example.text for example in learned])
        targets = np.array(
            [
                [*(example.mood == mood for mood in MOODS), *(topic in example.topics for topic in TOPICS)]
                for example in learned
            ],
            dtype=np.float64,
        )
        # Without this a sentence unlike all others would lean to whatever mood has most examples.
        self._mean: Floats = targets.mean(axis=0)
        kernel = self._space.vectors @ self._space.vectors.T
        kernel[np.diag_indices_from(kernel)] += RIDGE
        self._weights: Floats = np.linalg.solve(kernel, targets - self._mean)

    def read(self, text: str) -> Reading:
        """The mood that fits best, and every topic that is mentioned."""
        scores = self._mean + self._space.likeness(text) @ self._weights
        mood = MOODS[int(np.argmax(scores[: len(MOODS)]))]
        by_topic = dict(zip(TOPICS, scores[len(MOODS) :], strict=True))
        mentioned = [topic for topic, score in by_topic.items() if score >= MENTIONED]
        return Reading(mood, tuple(sorted(mentioned, key=lambda topic: -by_topic[topic])))


def read(text: str) -> Reading:
    """The mood and topics of a customer's words."""
    return _reader().read(text)


@cache
def _reader() -> Reader:
    return Reader(examples())
