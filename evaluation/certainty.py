"""What confidence is worth: how much is acted on, how often rightly, and what other thresholds would change."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from evaluation.reading import Reading

OFFERED = 3
BINS = 10
THRESHOLDS = (0.0, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9)
MARGIN = 0.05
Judged = Sequence[tuple[str, Reading]]
"""The intent that was meant, and the reading."""


def outcome(judged: Judged) -> dict[str, Any]:
    """What the bot does: acts on a sure reading, asks back with the best ones otherwise. Shares; None of nothing."""
    acted = [gold == reading.best for gold, reading in judged if reading.sure]
    asked = [reading.offers(gold, OFFERED) for gold, reading in judged if not reading.sure]
    return {
        "acted_on": len(acted) / len(judged),
        "right_when_acted_on": sum(acted) / len(acted) if acted else None,
        "wrong_and_acted_on": acted.count(False) / len(judged),
        "asked_back_with_the_right_choice": sum(asked) / len(asked) if asked else None,
    }


def at_thresholds(
    judged: Judged, thresholds: Iterable[float] = THRESHOLDS, margin: float = MARGIN
) -> list[dict[str, Any]]:
    """The outcome, had the bot acted from each confidence on with the second best at least `margin` behind."""

    def sure(reading: Reading, threshold: float) -> bool:
        return reading.confidence >= threshold and reading.confidence - reading.second >= margin

    return [
        {
            "threshold": threshold,
            "margin": margin,
            **outcome([(gold, replace(reading, sure=sure(reading, threshold))) for gold, reading in judged]),
        }
        for threshold in thresholds
    ]


def by_confidence(judged: Judged) -> list[dict[str, Any]]:
    """Ten equal ranges of confidence, empty ones left out: mean confidence said, and share that was right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for gold, reading in judged:
        bins[min(int(reading.confidence * BINS), BINS - 1)].append((reading.confidence, gold == reading.best))
    return [
        {
            "from": number / BINS,
            "sentences": len(found),
            "said": sum(confidence for confidence, _ in found) / len(found),
            "right": sum(hit for _, hit in found) / len(found),
        }
        for number, found in sorted(bins.items())
    ]


def calibration_error(judged: Judged) -> float:
    """Expected calibration error: mean distance of confidence said and share right, weighted by size."""
    return sum(each["sentences"] * abs(each["said"] - each["right"]) for each in by_confidence(judged)) / len(judged)
