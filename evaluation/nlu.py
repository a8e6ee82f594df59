"""`lipei eval nlu`: does the engine recognise what a sentence wants?"""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

CONFUSIONS = 10


def measure(rows: list[dict[str, Any]], predict: Callable[[str], str]) -> dict[str, Any]:
    """Accuracy, macro-F1, accuracy a style and the commonest confusions over rows of {"text", "intent", "style"?}."""
    pairs = [(row["intent"], predict(row["text"]), row.get("style")) for row in rows]
    return score(pairs)


def score(pairs: list[tuple[str, str, str | None]]) -> dict[str, Any]:
    """The figures for (gold, predicted, style) triples."""
    right = sum(gold == found for gold, found, _ in pairs)
    by_style: dict[str, list[bool]] = defaultdict(list)
    for gold, found, style in pairs:
        if style:
            by_style[style].append(gold == found)
    confusions = Counter((gold, found) for gold, found, _ in pairs if gold != found)
    return {
        "sentences": len(pairs),
        "accuracy": right / len(pairs),
        "macro_f1": macro_f1([(gold, found) for gold, found, _ in pairs]),
        "styles": {
            style: {"sentences": len(hits), "accuracy": sum(hits) / len(hits)}
            for style, hits in sorted(by_style.items())
        },
        "confusions": [
            {"intent": gold, "taken_for": found, "times": times}
            for (gold, found), times in confusions.most_common(CONFUSIONS)
        ],
    }


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean F1 over the intents that occur in the gold labels, as scikit-learn's macro average over those labels."""
    labels = {gold for gold, _ in pairs}
    scores = []
    for label in labels:
        hit = sum(gold == found == label for gold, found in pairs)
        wrong = sum((gold == label) != (found == label) for gold, found in pairs)
        scores.append(2 * hit / (2 * hit + wrong))
    return sum(scores) / len(scores)
