"""Hybrid search over the entries: what a question means (sentence vectors) and how it is written (character n-grams).

score(query, entry) = max over the entry's texts of  cos(e(query) - m, e(text) - m) + 0.5 * cos(tfidf(query), tfidf(text))

where m is the mean of all text vectors: E5 similarities crowd between 0.8 and 1, and only without their common part do
they tell things apart. Scores lie between about -0.5 and 1.5; the same words give 1.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from faq.catalogue import Entry
from faq.encoder import Embedder, Vectors
from faq.text import bare, normalise

NGRAM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. `score` as in the module's docstring."""

    entry_id: str
    question: str
    score: float


class Index:
    """All entries, ready to be searched. Built once; searching changes nothing, so threads may share it."""

    def __init__(self, entries: Sequence[Entry], embedder: Embedder) -> None:
        """Embeds every text that the embedder does not know yet (about 20 ms each with the embedded encoder)."""
        if not entries:
            raise ValueError("an index needs at least one entry")
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in entries}
        self._embedder = embedder
        self.texts = tuple(normalise(text) for entry in entries for text in entry.texts)
        sizes = [len(entry.texts) for entry in entries]
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self.owners = np.repeat(np.arange(len(entries)), sizes)
        self.vectors = embedder.encode(self.texts)
        self._mean = self.vectors.mean(axis=0)
        self._centred = _unit(self.vectors - self._mean)
        self._ngrams = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        # Kept as n-grams by texts: a query touches only the rows of its own n-grams.
        self._written: csr_matrix = csr_matrix(self._ngrams.fit_transform(map(_letters, self.texts)).T)

    def entry(self, entry_id: str) -> Entry:
        """The entry with that id. Raises KeyError."""
        return self._by_id[entry_id]

    def text_scores(self, text: str) -> npt.NDArray[np.float32]:
        """The score of every single text, in the order of `texts`."""
        query = normalise(text)
        meaning = self._centred @ _unit(self._embedder.encode([query]) - self._mean)[0]
        written = self._ngrams.transform([_letters(query)]) @ self._written
        meaning[written.indices] += NGRAM_WEIGHT * written.data
        return meaning

    def entry_scores(self, text: str, *, without: int | None = None) -> npt.NDArray[np.float32]:
        """The score of every entry; `without` leaves one text out (for calibration)."""
        scores = self.text_scores(text)
        if without is not None:
            scores[without] = -np.inf
        return np.maximum.reduceat(scores, self._starts)

    def search(self, text: str, k: int = 10) -> list[Hit]:
        """The k best entries, best first. A text without a single letter or digit finds nothing."""
        if not bare(text):
            return []
        return self.ranked(self.entry_scores(text), k)

    def ranked(self, scores: npt.NDArray[np.float32], k: int) -> list[Hit]:
        """The k best of scores as `entry_scores` gives them; ties go to the entry that comes first."""
        k = min(k, len(scores))
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.lexsort((best, -scores[best]))]
        return [Hit(self.entries[i].id, self.entries[i].question, float(scores[i])) for i in best]


def _letters(text: str) -> str:
    return bare(text) or text


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
