"""`lipei eval mood`: how well anger and despair are heard in a customer's words, and the weights that hear it best.

Both sets were written by the author of the signs: the test set before it was run, and not looked at when the signs were
chosen. Expect less from strangers' sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.handover.mood import Mood, load, mood
from claims.normalise import simplified
from claims.rules.loading import DATA

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sentence:
    """One sentence and how whoever wrote it feels."""

    text: str
    mood: Mood


def read(path: Path) -> list[Sentence]:
    """Lines "mood<TAB>text"."""
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Sentence(text, Mood(name)) for name, text in rows]


def measure(path: Path) -> dict[str, Any]:
    """Of the sentences of the upset: found (recall); of the found ones: how many are theirs (precision)."""
    sentences = read(path)
    read_as = [(each, mood(each.text)) for each in sentences]
    found = [each for each, as_ in read_as if as_ is not Mood.CALM]
    upset = [each for each in sentences if each.mood is not Mood.CALM]
    right = [each for each in found if each.mood is not Mood.CALM]
    return {
        "sentences": len(sentences),
        "upset": len(upset),
        "precision": round(len(right) / len(found), 3) if found else None,
        "recall": round(len(right) / len(upset), 3) if upset else None,
        "same_mood": round(sum(as_ is each.mood for each, as_ in read_as) / len(sentences), 3),
        "missed": [each.text for each, as_ in read_as if as_ is Mood.CALM and each.mood is not Mood.CALM],
        "false": [each.text for each in found if each.mood is Mood.CALM],
    }


def fit(path: Path) -> dict[str, float]:
    """Weights of the signs of anger by logistic regression; a false alarm weighs twice a miss."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    scale = load(DATA).angry
    sentences = [each for each in read(path) if each.mood in (Mood.ANGRY, Mood.CALM)]
    seen = np.array([scale.seen(simplified(each.text)) for each in sentences], dtype=float)
    angry = np.array([each.mood is Mood.ANGRY for each in sentences])
    model = LogisticRegression(C=5.0, class_weight={True: 1.0, False: 2.0}).fit(seen, angry)
    weights = {name: round(float(weight), 1) for name, weight in zip(scale.signs, model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 1), **weights}
