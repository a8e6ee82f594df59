"""Weighted n-grams (TF-IDF) in plain numpy and JSON: nothing in a trained model is a pickle."""

from __future__ import annotations

import math
from collections import Counter
from typing import Dict, Iterator, List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix

from bot.components.pinyin import syllables

START, END = "\x02", "\x03"


def characters(text: str) -> List[str]:
    """The characters of a sentence between marks for its start and end."""
    return [START, *text.lower(), END]


def sounds(text: str) -> List[str]:
    """The syllables of a sentence between marks for its start and end."""
    return [START, *(f"{syllable} " for syllable in syllables(text.lower())), END]


UNITS = {"characters": characters, "sounds": sounds}


class NGrams:
    """Turns sentences into unit-length rows of TF-IDF weights over n-grams of 1 to `longest` units."""

    def __init__(self, units: str, longest: int, vocabulary: Dict[str, int], idf: np.ndarray) -> None:
        self.units = units
        self.longest = longest
        self.vocabulary = vocabulary
        self.idf = idf

    @classmethod
    def fit(cls, units: str, longest: int, texts: Sequence[str]) -> NGrams:
        """Learns the vocabulary and how telling each n-gram is (smooth inverse document frequency)."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_grams(UNITS[units](text), longest)))
        vocabulary = {gram: index for index, gram in enumerate(sorted(seen))}
        idf = np.array([math.log((1 + len(texts)) / (1 + seen[gram])) + 1 for gram in vocabulary], dtype=np.float32)
        return cls(units, longest, vocabulary, idf)

    def weights(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        """Columns and weights (sublinear term frequency × idf, unit length) of the n-grams known from training."""
        counts = Counter(_grams(UNITS[self.units](text), self.longest))
        known = [(self.vocabulary[gram], 1 + math.log(n)) for gram, n in counts.items() if gram in self.vocabulary]
        if not known:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        columns = np.array([column for column, _ in known], dtype=np.int64)
        values = np.array([value for _, value in known], dtype=np.float32) * self.idf[columns]
        return columns, values / np.linalg.norm(values)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text, len(vocabulary) columns."""
        rows = [self.weights(text) for text in texts]
        starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
        columns = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([values for _, values in rows])
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.vocabulary)))


def _grams(units: List[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for start in range(len(units) - length + 1):
            gram = "".join(units[start : start + length])
            if gram not in (START, END):
                yield gram
