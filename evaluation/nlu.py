"""`lipei eval nlu`: does the engine recognise what a sentence wants, and does it know when it does not?

Accuracy looks at the best reading of each sentence. What the bot does with it is told beside: it acts on a sure
reading and asks back on an unsure one, so that an answer that is wrong and sure is the worst outcome.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from evaluation.certainty import OFFERED, at_thresholds, by_confidence, calibration_error, outcome
from evaluation.reading import Reading

CONFUSIONS = 10


def measure(rows: list[dict[str, Any]], read: Callable[[str], Reading]) -> dict[str, Any]:
    """The figures over rows of {"text", "intent", "style"?}."""
    return score([(row["intent"], read(row["text"]), row.get("style")) for row in rows])


def score(triples: Sequence[tuple[str, Reading, str | None]]) -> dict[str, Any]:
    """The figures for (gold, reading, style) triples."""
    judged = [(gold, reading) for gold, reading, _ in triples]
    pairs = [(gold, reading.best) for gold, reading in judged]
    hits = [gold == best for gold, best in pairs]
    by_style: dict[str, list[bool]] = defaultdict(list)
    for (_, _, style), hit in zip(triples, hits, strict=True):
        if style:
            by_style[style].append(hit)
    confusions = Counter((gold, best) for gold, best in pairs if gold != best)
    return {
        "sentences": len(pairs),
        "accuracy": _share(hits),
        "macro_f1": macro_f1(pairs),
        "styles": {
            style: {"sentences": len(found), "accuracy": _share(found)} for style, found in sorted(by_style.items())
        },
        "confusions": [
            {"intent": gold, "taken_for": found, "times": times}
            for (gold, found), times in confusions.most_common(CONFUSIONS)
        ],
        "intents": _by_intent(pairs),
        **outcome(judged),
        "right_among_first_three": _share([reading.offers(gold, OFFERED) for gold, reading in judged]),
        "calibration_error": calibration_error(judged),
        "by_confidence": by_confidence(judged),
        "at_thresholds": at_thresholds(judged),
    }


def _by_intent(pairs: list[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Of each intent meant: sentences, how many were read as it, and how many others were taken for it."""
    return {
        intent: {
            "sentences": sum(gold == intent for gold, _ in pairs),
            "right": sum(gold == best == intent for gold, best in pairs),
            "others_taken_for_it": sum(gold != intent == best for gold, best in pairs),
        }
        for intent in sorted({gold for gold, _ in pairs})
    }


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean F1 over the intents that occur in the gold labels, as scikit-learn's macro average over those labels."""
    labels = {gold for gold, _ in pairs}
    scores = []
    for label in labels:
        hit = sum(gold == found == label for gold, found in pairs)
        wrong = sum((gold == label) != (found == label) for gold, found in pairs)
        scores.append(2 * hit / (2 * hit + wrong))
    return sum(scores) / len(scores)
