"""Texts as bags of characters and neighbouring characters, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claims.normalise import simplified

Vectors = npt.NDArray[np.float32]
LONGEST = 3
_PUNCTUATION = str.maketrans("", "", " \t\n，。！？、；：,.!?;:~～…“”\"'（）()")


def grams(text: str) -> Counter[str]:
    """Strings of 1 to 3 characters, with the beginning and the end marked; Traditional counts as Simplified."""
    plain = f"^{simplified(text).lower().translate(_PUNCTUATION)}$"
    return Counter(plain[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(plain) - n + 1))


class Space:
    """Vectors of unit length over the strings of these texts, weighted by how rare each is (smoothed tf-idf)."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [grams(text) for text in texts]
        seen = Counter(gram for bag in bags for gram in bag)
        self._places = {gram: place for place, gram in enumerate(sorted(seen))}
        self._weights = {gram: math.log((1 + len(bags)) / (1 + count)) + 1 for gram, count in seen.items()}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, strings)."""
        return np.vstack([self._vector(grams(text)) for text in texts])

    def _vector(self, bag: Counter[str]) -> Vectors:
        vector = np.zeros(len(self._places), dtype=np.float32)
        for gram, count in bag.items():
            if gram in self._places:
                vector[self._places[gram]] = (1 + math.log(count)) * self._weights[gram]
        length = float(np.linalg.norm(vector))
        return np.asarray(vector / length if length else vector, dtype=np.float32)
