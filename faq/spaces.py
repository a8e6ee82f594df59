"""The two spaces in which sentences are compared: meaning (centred vectors) and writing (character n-grams)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from faq.text import bare

Floats = npt.NDArray[np.float32]


class MeaningSpace:
    """Unit vectors around the mean of the texts that are searched."""

    def __init__(self, vectors: Floats, decoys: Floats | None) -> None:
        self._mean = vectors.mean(axis=0)
        self.rows = self.place(vectors)
        self._decoys = self.place(decoys) if decoys is not None else np.empty((0, vectors.shape[1]), np.float32)

    def place(self, vectors: Floats) -> Floats:
        """Vectors of shape (q, d) as directions from the mean."""
        # A corpus of one text has no direction from its own mean; its raw vector stands for itself.
        moved = vectors - self._mean
        return unit(np.where(np.linalg.norm(moved, axis=1, keepdims=True) > 1e-6, moved, vectors))

    def compare(self, vectors: Floats) -> tuple[Floats, Floats]:
        """Cosines of q query vectors with all texts (q, texts) and all decoys (q, decoys)."""
        placed = self.place(vectors)
        return placed @ self.rows.T, placed @ self._decoys.T

    def built(self) -> None:
        """Called when an index has learned what it needs from `rows`."""

    def gram(self) -> Floats:
        """Cosines of all texts and decoys with each other."""
        rows = np.concatenate([self.rows, self._decoys])
        return rows @ rows.T


class WritingSpace:
    """TF-IDF over character n-grams; a query touches only the rows of its own n-grams."""

    def __init__(self, texts: Sequence[str], decoys: Sequence[str] = (), longest: int = 3) -> None:
        self._ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, longest), sublinear_tf=True, dtype=np.float32)
        rows = csr_matrix(self._ngrams.fit_transform([letters(text) for text in [*texts, *decoys]]))
        self._texts = csr_matrix(rows[: len(texts)].T)
        self._decoys = csr_matrix(rows[len(texts) :].T)

    def compare(self, queries: Sequence[str]) -> tuple[Floats, Floats]:
        """Cosines of q queries with all texts (q, texts) and all decoys (q, decoys)."""
        rows = self._ngrams.transform([letters(query) for query in queries])
        return (rows @ self._texts).toarray(), (rows @ self._decoys).toarray()

    def gram(self) -> Floats:
        """Cosines of all texts and decoys with each other."""
        columns = hstack([self._texts, self._decoys]).tocsr()
        return np.asarray((columns.T @ columns).toarray(), dtype=np.float32)


def unit(rows: Floats) -> Floats:
    """Rows scaled to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def letters(text: str) -> str:
    """The letters and digits of a text, or the text where it has none: an analyser wants something."""
    return bare(text) or text or " "
