"""The cause of a loss as customers tell it: sentence embedding ⊕ what the rules read → one of the causes, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Dict, List, Sequence, Tuple

import numpy as np

from bot.components import linear_model
from bot.components.embedding_store import embed_all
from bot.components.encoder import encoder
from bot.components.normal_form import normalise
from bot.components.sentence_model import Dense
from bot.components.standardised import Standardised, unit_length
from bot.learned.augment import Filler
from bot.learned.sentences import MOMENT, lines
from bot.values import causes, resolve, vocabulary
from bot.values.sentence import Found, Sentence

AROUND = "_around.txt"
NONE = "none"
ENCODER = "e5"
_STRENGTH = 10.0
_AROUND_EACH, _MIXTURES = 3, 2
# How sure the model must be where the rules read nothing, how much surer than of no cause at all, and how sure to
# overrule them. Set by hand after trial batches: a message that only gives facts must not get a cause.
_SURE_ALONE, _OVER_NONE, _SURE_AGAINST = 0.6, 2.0, 0.92
_WEIGHT = 200

CauseReader = Callable[[Sentence], None]


def read_folder(folder: Path) -> List[Tuple[str, str]]:
    """Pairs (sentence, cause) of data/causes: one file a cause, and none.txt."""
    files = sorted(file for file in folder.glob("*.txt") if file.name != AROUND)
    return [(line, file.stem) for file in files for line in lines(file)]


def read_around(folder: Path, filler: Filler) -> List[str]:
    """What customers say beside a loss: each line of _around.txt filled some times."""
    return [filler.fill(line) for line in lines(folder / AROUND) for _ in range(_AROUND_EACH)]


def _mixed(told: np.ndarray, around: np.ndarray, seed: int) -> np.ndarray:
    """Embeddings as if each loss were told among other things: half its own and half of what is said beside it.

    The encoder's mean over the words of a long message is near the mean of its parts: on real sentences put together
    so, a model trained on mixtures is as good as one that has read them, at half the time.
    """
    beside = around[np.random.default_rng(seed).integers(0, len(around), len(told))]
    return unit_length((told + beside) / 2)


def _opinion(found: List[Found], plain: str, labels: Sequence[str]) -> np.ndarray:
    """(2 × labels + 1,): which cause the rules prefer, which they saw at all, and how sure they are."""
    row = np.zeros(2 * len(labels) + 1, dtype=np.float32)
    best = resolve.winners(found, plain)
    row[labels.index(best[0].value if best else NONE)] = 1.0
    for each in found:
        row[len(labels) + labels.index(each.value)] = 0.7
    row[-1] = best[0].weight / 100 if best else 0.0
    return row


class CauseModel:
    """Trained once on sentences and causes, then `probabilities`. Saves to and loads from a file."""

    def __init__(
        self, labels: List[str], dense: Dense, weights: np.ndarray, rule_weights: np.ndarray, intercepts: np.ndarray
    ) -> None:
        """weights: (dimensions, labels); rule_weights: (2 × labels + 1, labels)."""
        self.labels = labels
        self._dense, self._weights, self._rule_weights, self._intercepts = dense, weights, rule_weights, intercepts

    @classmethod
    def fit(cls, pairs: Sequence[Tuple[str, str]], around: Sequence[str]) -> CauseModel:
        """pairs: (sentence, cause or none); around: what is said beside a loss."""
        labels = sorted({cause for _, cause in pairs} | {NONE} | set(_causes_of_rules()))
        texts = [normalise(text) for text, _ in pairs]
        beside = [normalise(text) for text in around]
        read = embed_all(ENCODER, texts + beside, kept_for="causes")
        told, others = read[: len(texts)], read[len(texts) :]
        # Customers seldom tell a loss by itself.
        embeddings = np.vstack([told, *(_mixed(told, others, seed) for seed in range(_MIXTURES))])
        dense = Dense.fit(ENCODER, embeddings)
        rows = dense.rows(embeddings)
        opinions = np.stack([_opinion(*_by_rules(Sentence(text, MOMENT)), labels) for text in texts])
        opinions = np.tile(opinions, (1 + _MIXTURES, 1))
        y = np.tile([labels.index(cause) for _, cause in pairs], 1 + _MIXTURES)
        weights, intercepts = linear_model.fit_features(np.hstack([rows, opinions]), y, len(labels), _STRENGTH)
        return cls(labels, dense, weights[: rows.shape[1]], weights[rows.shape[1] :], intercepts)

    def probabilities(self, text: str, opinion: np.ndarray) -> np.ndarray:
        """One probability a label."""
        logits = self._intercepts + self._dense.rows(encoder(ENCODER).encode([text]))[0] @ self._weights
        return linear_model.softmax((logits + opinion @ self._rule_weights)[None])[0]

    def arrays(self) -> Dict[str, np.ndarray]:
        """Everything that is learned, by name."""
        return {
            "labels": np.array(self.labels),
            "mean": self._dense.scale.mean,
            "deviation": self._dense.scale.deviation,
            "weights": self._weights,
            "rule_weights": self._rule_weights,
            "intercepts": self._intercepts,
        }

    def save(self, file: Path) -> None:
        """Writes one .npz file."""
        np.savez(file, **self.arrays())

    @classmethod
    def load(cls, file: Path) -> CauseModel:
        """The inverse of save."""
        with np.load(file, allow_pickle=False) as kept:
            dense = Dense(ENCODER, Standardised(kept["mean"], kept["deviation"]))
            labels = [str(label) for label in kept["labels"]]
            return cls(labels, dense, kept["weights"], kept["rule_weights"], kept["intercepts"])


def _causes_of_rules() -> List[str]:
    return [rule["cause"] for rule in vocabulary.table("causes.yml")]


def _by_rules(sentence: Sentence) -> Tuple[List[Found], str]:
    probe = sentence.copy()
    causes.read(probe)
    return probe.found, sentence.plain


def reader(model: CauseModel) -> CauseReader:
    """Takes cause: what the rules read, unless the model is sure of another."""

    def read(sentence: Sentence) -> None:
        found, plain = _by_rules(sentence)
        probabilities = model.probabilities(normalise(sentence.text), _opinion(found, plain, model.labels))
        best = int(probabilities.argmax())
        cause, sure = model.labels[best], float(probabilities[best])
        standing = resolve.winners(found, plain)
        denied = {each.value for each in found} - {each.value for each in standing} if not standing else set()
        by_rules = standing[0].value if standing else NONE
        if standing:
            # A question about a cause tells no loss, but what it is about is wanted all the same: "火灾赔不赔".
            sure_enough = sure >= _SURE_AGAINST and cause != NONE
        else:
            none = float(probabilities[model.labels.index(NONE)])
            sure_enough = cause not in denied and sure >= max(_SURE_ALONE, _OVER_NONE * none)
        if cause != by_rules and sure_enough:
            found = [Found("cause", cause, *_where(found, cause, sentence), _WEIGHT)]
        for each in found:
            sentence.take(each, keep_text=True)

    return read


def _where(found: List[Found], cause: str, sentence: Sentence) -> Tuple[int, int]:
    """The words of the cause where a rule saw them too, else the whole sentence."""
    seen = next((each for each in found if each.value == cause), None)
    return (seen.start, seen.end) if seen else (0, len(sentence.text))
