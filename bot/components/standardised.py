"""Embeddings scaled by feature: an unscaled embedding starves a regularised model."""

from __future__ import annotations

import numpy as np


class Standardised:
    """Each feature minus its mean over the training sentences, divided by its deviation there."""

    def __init__(self, mean: np.ndarray, deviation: np.ndarray) -> None:
        self.mean, self.deviation = mean, deviation

    @classmethod
    def fit(cls, embeddings: np.ndarray) -> Standardised:
        """embeddings: (n, dimensions) of the training sentences."""
        return cls(embeddings.mean(axis=0), embeddings.std(axis=0) + 1e-6)

    def rows(self, embeddings: np.ndarray) -> np.ndarray:
        """The scaled features, (n, dimensions); a sentence's length is then about the root of `dimensions`."""
        return (embeddings - self.mean) / self.deviation


def unit_length(rows: np.ndarray) -> np.ndarray:
    """Each row divided by its length, so that inner products are cosines."""
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
