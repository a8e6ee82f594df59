"""The cause of a loss as customers tell it: sentence embedding ⊕ n-grams ⊕ what the rules read → a cause, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from sklearn.utils.extmath import randomized_svd

from bot.components import linear_model
from bot.components.embedding_store import embed_all
from bot.components.encoder import encoder
from bot.components.ngrams import NGrams
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
# Characters and sounds, 1 to 3 of them, in 200 dimensions each; their weight against the embedding of unit length.
_UNITS, _LONGEST, _DIMENSIONS, _GRAMS_COUNT = ("characters", "sounds"), 3, 200, 0.05
# How sure the model must be where the rules read nothing, how much surer than of no cause at all, and how sure to
# overrule them, chosen in five folds; a message that only gives facts must not get a cause.
_SURE_ALONE, _OVER_NONE, _SURE_AGAINST, _AGAINST_STRONG = 0.5, 2.0, 0.85, 0.97
_STRONG = 80
"""From this weight of a rule on; they are those of deaths, and of others who are hurt or whose property is damaged."""
_GRAVE = "death"
"""Nobody is condoled with on a guess."""
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
    return unit_length((told + _beside(around, len(told), seed)) / 2)


def _beside(around: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Which of the things said beside a loss goes with each of so many losses."""
    return around[np.random.default_rng(seed).integers(0, len(around), count)]


def _opinion(found: List[Found], plain: str, labels: Sequence[str]) -> np.ndarray:
    """(2 × labels + 1,): which cause the rules prefer, which they saw at all, and how sure they are."""
    row = np.zeros(2 * len(labels) + 1, dtype=np.float32)
    best = resolve.winners(found, plain)
    row[labels.index(best[0].value if best else NONE)] = 1.0
    for each in found:
        row[len(labels) + labels.index(each.value)] = 0.7
    row[-1] = best[0].weight / 100 if best else 0.0
    return row


class Grams(NamedTuple):
    """N-grams of one unit, with the weights that each has for each label."""

    grams: NGrams
    weights: np.ndarray  # (n-grams, labels)


class _Reduced:
    """N-grams of sentences in the dimensions in which these differ most (latent semantic analysis)."""

    def __init__(self, units: str, told: Sequence[str], around: Sequence[str]) -> None:
        self.grams = NGrams.fit(units, _LONGEST, told)
        rows = self.grams.matrix(told)
        dimensions = min(_DIMENSIONS, min(rows.shape) - 1)
        _, _, directions = randomized_svd(rows, dimensions, n_iter=3, random_state=0)
        self._directions = directions.T
        told_rows, others = rows @ self._directions, self.grams.matrix(around) @ self._directions
        mixtures = [(told_rows + _beside(others, len(told), seed)) / np.sqrt(2) for seed in range(_MIXTURES)]
        both = np.vstack([told_rows, *mixtures])
        self._mean, self._scale = both.mean(axis=0), _GRAMS_COUNT / (both.std(axis=0) + 1e-6)
        self.rows = ((both - self._mean) * self._scale).astype(np.float32)

    def weights(self, learned: np.ndarray) -> Tuple[Grams, np.ndarray]:
        """learned: (dimensions, labels) → the same for each n-gram, and what to add to the intercepts."""
        scaled = self._scale[:, None] * learned
        return Grams(self.grams, (self._directions @ scaled).astype(np.float16)), -self._mean @ scaled


class CauseModel:
    """Trained once on sentences and causes, then `probabilities`. Saves to and loads from a file."""

    def __init__(
        self,
        labels: List[str],
        dense: Dense,
        weights: np.ndarray,
        rule_weights: np.ndarray,
        intercepts: np.ndarray,
        grams: Sequence[Grams],
    ) -> None:
        """weights: (dimensions, labels); rule_weights: (2 × labels + 1, labels)."""
        self.labels = labels
        self._dense, self._weights, self._rule_weights, self._intercepts = dense, weights, rule_weights, intercepts
        self._grams = grams

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
        opinions = np.stack([_opinion(*_by_rules(Sentence(text, MOMENT)), labels) for text in texts])
        reduced = [_Reduced(units, texts, beside) for units in _UNITS]
        parts = [dense.rows(embeddings), np.tile(opinions, (1 + _MIXTURES, 1)), *(each.rows for each in reduced)]
        y = np.tile([labels.index(cause) for _, cause in pairs], 1 + _MIXTURES)
        learned, intercepts = linear_model.fit_features(np.hstack(parts), y, len(labels), _STRENGTH)
        of_parts = np.split(learned, np.cumsum([part.shape[1] for part in parts])[:-1])
        grams = []
        for each, own in zip(reduced, of_parts[2:], strict=True):
            weighted, added = each.weights(own)
            grams.append(weighted)
            intercepts = intercepts + added
        return cls(labels, dense, of_parts[0], of_parts[1], intercepts, grams)

    def probabilities(self, text: str, opinion: np.ndarray) -> np.ndarray:
        """One probability a label."""
        logits = self._intercepts + self._dense.rows(encoder(ENCODER).encode([text]))[0] @ self._weights
        for grams, weights in self._grams:
            columns, values = grams.weights(text)
            logits = logits + values @ weights[columns].astype(np.float32)
        return linear_model.softmax((logits + opinion @ self._rule_weights)[None])[0]

    def arrays(self) -> Dict[str, np.ndarray]:
        """Everything that is learned, by name."""
        kept = {
            "labels": np.array(self.labels),
            "mean": self._dense.scale.mean,
            "deviation": self._dense.scale.deviation,
            "weights": self._weights,
            "rule_weights": self._rule_weights,
            "intercepts": self._intercepts,
        }
        for grams, weights in self._grams:
            vocabulary = np.frombuffer("\n".join(grams.vocabulary).encode(), dtype=np.uint8)
            kept.update({grams.units: vocabulary, f"{grams.units}.idf": grams.idf, f"{grams.units}.weights": weights})
        return kept

    def save(self, file: Path) -> None:
        """Writes one .npz file."""
        np.savez(file, **self.arrays())

    @classmethod
    def load(cls, file: Path) -> CauseModel:
        """The inverse of save."""
        with np.load(file, allow_pickle=False) as kept:
            dense = Dense(ENCODER, Standardised(kept["mean"], kept["deviation"]))
            labels = [str(label) for label in kept["labels"]]
            grams = [_kept_grams(kept, units) for units in _UNITS]
            return cls(labels, dense, kept["weights"], kept["rule_weights"], kept["intercepts"], grams)


def _kept_grams(kept: Any, units: str) -> Grams:
    vocabulary = {gram: index for index, gram in enumerate(kept[units].tobytes().decode().split("\n"))}
    return Grams(NGrams(units, _LONGEST, vocabulary, kept[f"{units}.idf"]), kept[f"{units}.weights"])


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
            strong = standing[0].weight >= _STRONG or cause == _GRAVE
            needed = _AGAINST_STRONG if strong else _SURE_AGAINST
            sure_enough = sure >= needed and cause != NONE
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
