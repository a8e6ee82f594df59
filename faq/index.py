"""Hybrid search over the entries: what a question means (sentence vectors) and how it is written (character n-grams).

Similarity of a query and one text:  cos(e(query) - m, e(text) - m) + 0.5 * cos(tfidf(query), tfidf(text)),
m being the mean of all text vectors: E5 similarities crowd between 0.8 and 1, and only without their common part do
they tell things apart. It lies between about -0.5 and 1.5; the same words give 1.5. An entry's similarity is that of
its best text.

Where entries have phrasings there is more to go by, and the order comes from the sum of faq.evidence; where each entry
is one question, as in a bare table of questions and answers, the order is that of the similarity.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.catalogue import Entry
from faq.classifier import MOST_TEXTS, Classifier
from faq.encoder import Embedder
from faq.evidence import AnswerEvidence, GroupEvidence, standardised
from faq.spaces import MeaningSpace, WritingSpace
from faq.text import bare, normalise

NGRAM_WEIGHT = 0.5
WEIGHTS = {
    "centre": 1.0,
    "best_three": 1.0,
    "best": 0.5,
    "answer_meaning": 0.4,
    "answer_writing": 0.4,
    "belonging": 1.0,
}
_PHRASINGS_TO_LEARN_FROM = 3.0  # texts an entry, on average
_CELLS_AT_ONCE = 4_000_000  # queries × texts held in memory

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. Higher is better; only scores of the same query are comparable."""

    entry_id: str
    question: str
    score: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Of q queries against n entries: `similarity`, `rank` and `belonging` (all zero without a classifier) have shape
    (q, n), `decoy` (q,) is the similarity of the nearest sentence that is not ours (-1 without decoys)."""

    similarity: Floats
    rank: Floats
    belonging: Floats
    decoy: Floats


class Index:
    """All entries, ready to be searched. Built once; searching changes nothing, so threads may share it."""

    def __init__(
        self,
        entries: Sequence[Entry],
        embedder: Embedder,
        decoys: Sequence[str] = (),
        meaning: Callable[[Floats, Floats | None], MeaningSpace] = MeaningSpace,
    ) -> None:
        """Embeds every text that the embedder does not know yet (20 ms each with the embedded encoder, 5 ms of many).

        `meaning` makes the space of meaning from the vectors of the texts and of the decoys.
        """
        if not entries:
            raise ValueError("an index needs at least one entry")
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in entries}
        self.embedder = embedder
        self.texts = [normalise(text) for entry in entries for text in entry.texts]
        self.decoys = [normalise(text) for text in decoys]
        sizes = np.array([len(entry.texts) for entry in entries])
        self.owners = np.repeat(np.arange(len(entries)), sizes)
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

        learns = sizes.mean() >= _PHRASINGS_TO_LEARN_FROM
        answers = [normalise(entry.answer) for entry in entries] if learns else []
        self.texts_embedded = [*self.texts, *self.decoys, *answers]
        # All at once: of many, each takes less.
        embedded = embedder.encode(self.texts_embedded)
        vectors, of_decoys, of_answers = np.split(embedded, [len(self.texts), len(self.texts) + len(self.decoys)])
        self._meaning = meaning(vectors, of_decoys if self.decoys else None)
        self._writing = WritingSpace(self.texts, self.decoys)
        self._groups: GroupEvidence | None = None
        self._answers: AnswerEvidence | None = None
        self._classifier: Classifier | None = None
        if learns:
            self._groups = GroupEvidence(self._meaning.rows, self.owners, sizes)
            self._answers = AnswerEvidence(answers, of_answers, vectors.mean(axis=0))
            if len(self.texts) + len(self.decoys) <= MOST_TEXTS:
                self._classifier = Classifier(self._meaning, self._writing, self.owners, len(entries))
        self._meaning.built()

    def entry(self, entry_id: str) -> Entry:
        """The entry with that id. Raises KeyError."""
        return self._by_id[entry_id]

    def score(self, texts: Sequence[str]) -> Scores:
        """Score queries against all entries."""
        step = max(1, _CELLS_AT_ONCE // max(1, len(self.texts)))
        parts = [self._score(texts[i : i + step]) for i in range(0, len(texts), step)]
        return Scores(
            np.concatenate([part.similarity for part in parts]),
            np.concatenate([part.rank for part in parts]),
            np.concatenate([part.belonging for part in parts]),
            np.concatenate([part.decoy for part in parts]),
        )

    def search(self, text: str, k: int = 10) -> list[Hit]:
        """The k best entries, best first. A text without a single letter or digit finds nothing."""
        if not bare(text):
            return []
        return self.best(self.score([text]).rank[0], k)

    def best(self, rank: Floats, k: int) -> list[Hit]:
        """The k best of one query's ranks; ties go to the entry that comes first."""
        k = min(k, len(rank))
        top = np.argpartition(-rank, k - 1)[:k]
        top = top[np.lexsort((top, -rank[top]))]
        return [Hit(self.entries[i].id, self.entries[i].question, float(rank[i])) for i in top]

    def _score(self, texts: Sequence[str]) -> Scores:
        queries = [normalise(text) for text in texts]
        vectors = self.embedder.encode(queries)
        meaning, decoy_meaning = self._meaning.compare(vectors)
        writing, decoy_writing = self._writing.compare(queries)
        by_text = meaning + NGRAM_WEIGHT * writing
        similarity = np.maximum.reduceat(by_text, self._starts, axis=1)
        if self.decoys:
            decoy = (decoy_meaning + NGRAM_WEIGHT * decoy_writing).max(axis=1)
        else:
            decoy = np.full(len(queries), -1.0, dtype=np.float32)
        if self._groups is None or self._answers is None:
            return Scores(similarity, similarity, np.zeros_like(similarity), decoy)
        answer_meaning, answer_writing = self._answers.compare(queries, vectors)
        evidence = {
            "centre": self._groups.centres(self._meaning.place(vectors)),
            "best_three": self._groups.best_three(by_text),
            "best": similarity,
            "answer_meaning": answer_meaning,
            "answer_writing": answer_writing,
        }
        belonging = np.zeros_like(similarity)
        if self._classifier is not None:
            belonging = self._classifier.belonging(
                np.concatenate([meaning, decoy_meaning], axis=1), np.concatenate([writing, decoy_writing], axis=1)
            )
        evidence["belonging"] = belonging
        rank = sum(weight * standardised(evidence[name]) for name, weight in WEIGHTS.items())
        return Scores(similarity, np.asarray(rank, dtype=np.float32), belonging, decoy)
