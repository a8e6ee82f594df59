"""The intent model: sentence embeddings ⊕ character n-grams ⊕ sound n-grams → calibrated probabilities."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import numpy as np

from bot.components import linear_model
from bot.components.embedding_store import embed_all
from bot.components.encoder import encoder
from bot.components.ngrams import NGrams
from bot.components.standardised import Standardised, unit_length

FORMAT = 1
_PARTS = 4


class Dense:
    """One encoder's embeddings, standardised by feature and then each of unit length."""

    def __init__(self, name: str, scale: Standardised) -> None:
        self.name, self.scale = name, scale

    @classmethod
    def fit(cls, name: str, embeddings: np.ndarray) -> Dense:
        """embeddings: (n, dimensions) of the training sentences."""
        return cls(name, Standardised.fit(embeddings))

    def rows(self, embeddings: np.ndarray) -> np.ndarray:
        """The rows that the model sees, (n, dimensions)."""
        return unit_length(self.scale.rows(embeddings))


class SentenceModel:
    """Trained once on texts and labels, then `probabilities(text)`. Saves to and loads from a directory."""

    def __init__(
        self,
        labels: List[str],
        dense: List[Tuple[Dense, np.ndarray]],
        sparse: List[Tuple[NGrams, np.ndarray]],
        intercepts: np.ndarray,
        temperature: float,
    ) -> None:
        """Each source comes with its weights (columns of the source, number of labels)."""
        self.labels = labels
        self._dense = dense
        self._sparse = sparse
        self._intercepts = intercepts
        self._temperature = temperature

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        *,
        encoders: Dict[str, float],
        ngrams: Dict[str, float],
        longest: int = 4,
        strength: float = 10.0,
    ) -> SentenceModel:
        """encoders, ngrams: name of the source → how much its inner product counts. ValueError under 2 labels."""
        labels = sorted(set(intents))
        if len(labels) < 2:
            raise ValueError("an intent model needs training sentences of at least two intents")
        y = np.array([labels.index(intent) for intent in intents])
        embedded = {name: embed_all(name, texts) for name in encoders}
        dense = [(Dense.fit(name, embedded[name]), weight) for name, weight in encoders.items()]
        sparse = [(NGrams.fit(units, longest, texts), weight) for units, weight in ngrams.items()]
        dense_rows = [source.rows(embedded[source.name]) for source, _ in dense]
        sparse_rows = [source.matrix(texts) for source, _ in sparse]
        kernel = np.zeros((len(texts), len(texts)), dtype=np.float32)
        for rows, (_, weight) in zip(dense_rows, dense, strict=True):
            kernel += weight * (rows @ rows.T)
        for rows, (_, weight) in zip(sparse_rows, sparse, strict=True):
            kernel += weight * (rows @ rows.T).toarray()
        with ThreadPoolExecutor(2) as pool:  # two independent fits in native code that leaves the interpreter free
            calibration = pool.submit(linear_model.held_out_logits, kernel, y, len(labels), strength, _PARTS)
            dual, intercepts = linear_model.fit(kernel, y, len(labels), strength)
            held_out, logits = calibration.result()
        temperature = linear_model.best_temperature(logits, y[held_out])
        return cls(
            labels,
            [(source, weight * (rows.T @ dual)) for (source, weight), rows in zip(dense, dense_rows, strict=True)],
            [(source, weight * (rows.T @ dual)) for (source, weight), rows in zip(sparse, sparse_rows, strict=True)],
            intercepts,
            temperature,
        )

    def probabilities(self, text: str) -> np.ndarray:
        """One calibrated probability a label, in the order of `labels`."""
        logits = self._intercepts.copy()
        for source, weights in self._dense:
            logits += source.rows(encoder(source.name).encode([text]))[0] @ weights
        for source, weights in self._sparse:
            columns, values = source.weights(text)
            logits += values @ weights[columns].astype(np.float32)
        return linear_model.softmax(logits[None] / self._temperature)[0]

    def save(self, directory: Path) -> None:
        """Writes model.json (names, vocabularies) and weights.npz (numbers)."""
        arrays: Dict[str, np.ndarray] = {"intercepts": self._intercepts}
        for number, (source, weights) in enumerate(self._dense):
            arrays.update(
                {f"d{number}": weights, f"d{number}m": source.scale.mean, f"d{number}s": source.scale.deviation}
            )
        for number, (grams, weights) in enumerate(self._sparse):
            arrays.update({f"s{number}": weights.astype(np.float16), f"s{number}i": grams.idf})
        np.savez(directory / "weights.npz", **arrays)
        described = {
            "format": FORMAT,
            "labels": self.labels,
            "temperature": self._temperature,
            "dense": [source.name for source, _ in self._dense],
            "sparse": [
                {"units": grams.units, "longest": grams.longest, "vocabulary": list(grams.vocabulary)}
                for grams, _ in self._sparse
            ],
        }
        (directory / "model.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> SentenceModel:
        """The inverse of save. Raises ValueError for a model of another format (train again)."""
        described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
        if described.get("format") != FORMAT:
            raise ValueError("this intent model was trained by another release of the bot; train it again")
        with np.load(directory / "weights.npz", allow_pickle=False) as arrays:
            dense = [
                (Dense(name, Standardised(arrays[f"d{number}m"], arrays[f"d{number}s"])), arrays[f"d{number}"])
                for number, name in enumerate(described["dense"])
            ]
            sparse = [
                (
                    NGrams(
                        entry["units"],
                        entry["longest"],
                        {gram: index for index, gram in enumerate(entry["vocabulary"])},
                        arrays[f"s{number}i"],
                    ),
                    arrays[f"s{number}"],
                )
                for number, entry in enumerate(described["sparse"])
            ]
            return cls(described["labels"], dense, sparse, arrays["intercepts"], described["temperature"])
