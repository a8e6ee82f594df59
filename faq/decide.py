"""Answer, ask back, or decline: what to do with a question once it has been scored.

Two probabilities decide. `right`: the first entry is the one that is meant. `ours`: the question is one that the
knowledge base answers at all. Decline where `ours` is low; else answer where `right` is high, and where it is not, ask
back with the three best entries. How the probabilities are learned and the limits chosen: faq/calibrate.py.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.catalogue import Entry
from faq.index import Floats, Hit, Index, Scores
from faq.text import bare

CHOICES = 3
FEATURES = ("similarity", "above_decoys", "rank", "margin", "rest", "belonging", "belonging_lead", "belonging_rest")


@dataclass(frozen=True, slots=True)
class Answer:
    """The knowledge base has the answer."""

    entry: Entry
    confidence: float


@dataclass(frozen=True, slots=True)
class AskBack:
    """One of these is probably meant, best first; the customer chooses."""

    choices: tuple[Entry, ...]
    best: Hit


@dataclass(frozen=True, slots=True)
class Unknown:
    """The knowledge base has nothing; `best` is the nearest entry, for the editors (None for a text without words)."""

    best: Hit | None


Decision = Answer | AskBack | Unknown


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two logistic models over FEATURES (weights, then the constant) and the limits on their probabilities."""

    right: tuple[float, ...]
    ours: tuple[float, ...]
    answer_from: float
    ask_from: float


def features(scores: Scores) -> Floats:
    """What the decision looks at, of shape (queries, len(FEATURES)):

    similarity of the first entry; how far that is above the nearest sentence that is not ours; the first entry's rank;
    its lead over the second; the second's over the mean of the next three; the first entry's belonging; its lead over
    the most likely of the others; and the sum of the three highest belongings.
    """
    count = scores.rank.shape[1]
    order = np.argsort(-scores.rank, axis=1)[:, : min(5, count)]
    top = np.take_along_axis(scores.rank, order, axis=1)
    top = np.pad(top, ((0, 0), (0, 5 - top.shape[1])), mode="edge")
    similarity = np.take_along_axis(scores.similarity, order[:, :1], axis=1)[:, 0]
    belonging = np.take_along_axis(scores.belonging, order[:, :1], axis=1)[:, 0]
    others = scores.belonging.copy()
    np.put_along_axis(others, order[:, :1], -np.inf if count > 1 else 0, axis=1)
    columns = [
        similarity,
        similarity - scores.decoy,
        top[:, 0],
        top[:, 0] - top[:, 1],
        top[:, 1] - top[:, 2:].mean(axis=1),
        belonging,
        belonging - others.max(axis=1),
        np.sort(scores.belonging, axis=1)[:, -3:].sum(axis=1),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def probability(model: tuple[float, ...], rows: Floats) -> npt.NDArray[np.float64]:
    """The logistic model's probability for rows of features."""
    weights = np.asarray(model[:-1])
    return np.asarray(1 / (1 + np.exp(-(rows @ weights + model[-1]))))


def decide(index: Index, calibration: Calibration, text: str) -> Decision:
    """What to do with one question."""
    if not bare(text):
        return Unknown(None)
    scores = index.score([text])
    hits = index.best(scores.rank[0], CHOICES)
    rows = features(scores)
    if float(probability(calibration.ours, rows)[0]) < calibration.ask_from:
        return Unknown(hits[0])
    right = float(probability(calibration.right, rows)[0])
    if right >= calibration.answer_from:
        return Answer(index.entry(hits[0].entry_id), right)
    if len(hits) < CHOICES:
        return Unknown(hits[0])
    return AskBack(tuple(index.entry(hit.entry_id) for hit in hits), hits[0])
