"""`lipei eval nlu`: does the engine recognise what a sentence wants, and does it know when it does not?

Accuracy looks at the best reading of each sentence. What the bot does with it is told beside: it acts on a sure
reading and asks back on an unsure one, so that an answer that is wrong and sure is the worst outcome.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

CONFUSIONS = 10
OFFERED = 3
_FALLBACK = "nlu_fallback"
_BINS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of one sentence. ranking: intents, likeliest first; sure: it acts without asking back."""

    best: str
    confidence: float
    sure: bool
    ranking: tuple[str, ...] = ()

    @classmethod
    def of(cls, parsed: dict[str, Any]) -> "Reading":
        """From the answer of Rasa's /model/parse; the fallback stands for "not sure" and is no reading itself."""
        chosen, ranking = parsed["intent"], parsed.get("intent_ranking") or []
        names = tuple(entry["name"] for entry in ranking)
        if chosen.get("name") not in (None, _FALLBACK):
            return cls(chosen["name"], float(chosen["confidence"]), True, names or (chosen["name"],))
        if not ranking:
            return cls("", 0.0, False)
        return cls(names[0], float(ranking[0]["confidence"]), False, names)


def measure(rows: list[dict[str, Any]], read: Callable[[str], Reading]) -> dict[str, Any]:
    """The figures over rows of {"text", "intent", "style"?}."""
    return score([(row["intent"], read(row["text"]), row.get("style")) for row in rows])


def score(triples: Sequence[tuple[str, Reading, str | None]]) -> dict[str, Any]:
    """The figures for (gold, reading, style) triples."""
    pairs = [(gold, reading.best) for gold, reading, _ in triples]
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
        **_certainty(triples, hits),
    }


def _certainty(triples: Sequence[tuple[str, Reading, str | None]], hits: list[bool]) -> dict[str, Any]:
    """How much is acted on, how often rightly, and whether asking back offers what was meant."""
    acted = [hit for (_, reading, _), hit in zip(triples, hits, strict=True) if reading.sure]
    asked = [gold in reading.ranking[:OFFERED] for gold, reading, _ in triples if not reading.sure]
    return {
        "acted_on": len(acted) / len(hits),
        "right_when_acted_on": _share(acted) if acted else None,
        "wrong_and_acted_on": acted.count(False) / len(hits),
        "asked_back_with_the_right_choice": _share(asked) if asked else None,
        "right_among_first_three": _share([gold in reading.ranking[:OFFERED] for gold, reading, _ in triples]),
        "calibration_error": _calibration_error([reading.confidence for _, reading, _ in triples], hits),
    }


def _calibration_error(confidences: list[float], hits: list[bool]) -> float:
    """Expected calibration error: mean distance of confidence and accuracy over ten equal bins, weighted by size."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, hits, strict=True):
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, hit))
    gaps = (abs(sum(c for c, _ in found) - sum(h for _, h in found)) for found in bins.values())
    return sum(gaps) / len(hits)


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
