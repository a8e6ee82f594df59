"""Where the limits of faq.decide come from: the knowledge base tests itself on sentences it has not seen.

In each of three folds a third of every entry's phrasings, and a third of the sentences that are not ours
(out_of_domain.yml), are taken out; an index of the rest scores them. Two logistic models learn from these scores
whether the first entry was right and whether the question was ours. Then the limits:

- `answer_from`: the lowest at which 88 % of the answers are right, and at most 4 % of the sentences that are not ours
  are answered;
- `ask_from`: the lowest at which three in four of the sentences that are not ours are declined; lower where fewer than
  97 % of our own would get past it.

Held-out phrasings are harder than customers' questions, since each was written to differ from the others and a third
of the evidence is missing: the limits err on the side of asking back. Done whenever the entries have changed, in some
ten seconds (faq.kept), so that the limits follow the entries. Five folds take twice as long and end at the same limits.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from faq.catalogue import Entry
from faq.decide import Calibration, features, probability
from faq.encoder import Embedder
from faq.index import Floats, Index

FOLDS = 3
RIGHT_AMONG_ANSWERED = 0.88
ANSWERED_AMONG_FOREIGN = 0.04
DECLINED_AMONG_FOREIGN = 0.75
KEPT_AMONG_OURS = 0.97

Flags = npt.NDArray[np.bool_]


def calibrate(entries: Sequence[Entry], embedder: Embedder, decoys: Sequence[str]) -> Calibration:
    """Learn models and limits. Raises ValueError where there is too little to learn from."""
    rows, ours, right = held_out(entries, embedder, decoys)
    if not (ours.any() and (~ours).any() and right.any() and (~right).any()):
        raise ValueError("calibration needs entries with several phrasings and sentences that are not ours")
    right_model = _fit(rows, right)
    ours_model = _fit(rows, ours)
    p_ours = probability(ours_model, rows)
    ask_from = _ask_limit(p_ours, ours)
    # What is declined is not answered either, however right it looks.
    p_right = np.where(p_ours >= ask_from, probability(right_model, rows), 0.0)
    return Calibration(right_model, ours_model, _answer_limit(p_right, ours, right), ask_from)


def held_out(entries: Sequence[Entry], embedder: Embedder, decoys: Sequence[str]) -> tuple[Floats, Flags, Flags]:
    """Of each phrasing and decoy when held out: features, whether it is ours, whether the first entry was right."""
    rows: list[Floats] = []
    ours: list[Flags] = []
    right: list[Flags] = []
    for fold in range(FOLDS):
        kept = [
            entry.model_copy(update={"phrasings": tuple(p for i, p in enumerate(entry.phrasings) if i % FOLDS != fold)})
            for entry in entries
        ]
        asked = [(e, p) for e, entry in enumerate(entries) for p in entry.phrasings[fold::FOLDS]]
        foreign = list(decoys[fold::FOLDS])
        if not asked and not foreign:
            continue
        index = Index(kept, embedder, [text for i, text in enumerate(decoys) if i % FOLDS != fold])
        scores = index.score([text for _, text in asked] + foreign)
        meant = np.array([e for e, _ in asked] + [-1] * len(foreign))
        rows.append(features(scores))
        ours.append(meant >= 0)
        right.append(scores.rank.argmax(axis=1) == meant)
    if not rows:
        raise ValueError("calibration needs entries with several phrasings")
    return np.concatenate(rows), np.concatenate(ours), np.concatenate(right)


def _fit(rows: Floats, labels: Flags) -> tuple[float, ...]:
    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=500, class_weight="balanced").fit((rows - mean) / spread, labels)
    weights = model.coef_[0] / spread
    return (*map(float, weights), float(model.intercept_[0] - weights @ mean))


def _answer_limit(p: npt.NDArray[np.float64], ours: Flags, right: Flags) -> float:
    for limit in np.arange(0.20, 0.995, 0.01):
        answered = p >= limit
        if not answered.any():
            break
        precise = right[answered & ours].mean() >= RIGHT_AMONG_ANSWERED if (answered & ours).any() else False
        if precise and answered[~ours].mean() <= ANSWERED_AMONG_FOREIGN:
            return float(limit)
    return 0.99


def _ask_limit(p: npt.NDArray[np.float64], ours: Flags) -> float:
    declining = float(np.quantile(p[~ours], DECLINED_AMONG_FOREIGN))
    keeping = float(np.quantile(p[ours], 1 - KEPT_AMONG_OURS))
    return min(declining, keeping)
