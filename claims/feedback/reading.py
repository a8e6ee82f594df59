"""Mood and topics of a sentence: ridge regression on what it means and on telling words in it.

The meaning comes from whoever has a sentence encoder; nothing is stored, because some hundred sentences are learned in
a moment. How well it reads, and what else was tried: docs/feedback.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from claims.feedback.examples import Example
from claims.feedback.words import Floats, cues

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
RIDGE, WORDS_WEIGHT, MENTIONED = 0.1, 0.05, 0.35
"""Chosen on held-out fifths of the training sentences. MENTIONED: a topic counts from here on."""

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Unit vectors of shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """mood: one of MOODS. topics: of TOPICS, the surest first."""

    mood: str
    topics: tuple[str, ...]


class Reader:
    """Learned from these examples."""

    def __init__(self, learned: Sequence[Example], encode: Encode) -> None:
        self._encode = encode
        texts = [example.text for example in learned]
        self._meanings = np.asarray(encode(texts), dtype=np.float64)
        self._words = np.vstack([cues(text) for text in texts])
        targets = np.array(
            [
                [*(example.mood == mood for mood in MOODS), *(topic in example.topics for topic in TOPICS)]
                for example in learned
            ],
            dtype=np.float64,
        )
        # Without this a sentence unlike all others would lean to whatever mood has most examples.
        self._mean: Floats = targets.mean(axis=0)
        kernel = self._likeness(self._meanings, self._words)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        self._weights: Floats = np.linalg.solve(kernel, targets - self._mean)

    def read(self, text: str) -> Reading:
        """The mood that fits best, and every topic that is mentioned."""
        meaning = np.asarray(self._encode([text]), dtype=np.float64)
        scores = self._mean + (self._likeness(meaning, cues(text)[np.newaxis]) @ self._weights)[0]
        mood = MOODS[int(np.argmax(scores[: len(MOODS)]))]
        by_topic = dict(zip(TOPICS, scores[len(MOODS) :], strict=True))
        mentioned = [topic for topic, score in by_topic.items() if score >= MENTIONED]
        return Reading(mood, tuple(sorted(mentioned, key=lambda topic: -by_topic[topic])))

    def _likeness(self, meanings: Floats, words: Floats) -> Floats:
        """Of these texts to those that were learned; shape (texts, learned)."""
        alike = (1 + meanings @ self._meanings.T) ** 2 / 4 + WORDS_WEIGHT * (words @ self._words.T)
        return np.asarray(alike, dtype=np.float64)
