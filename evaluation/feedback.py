"""How well moods and topics of customers' words are read, beside a lexicon and characters without meaning."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from claims.feedback import MOODS, Reader, Reading, examples, topics_named
from claims.feedback.examples import Example
from claims.feedback.words import counted
from evaluation.ngrams import Space

Read = Callable[[str], Reading]
Learn = Callable[[tuple[Example, ...]], Read]
FOLDS = 5


def lexicon(learned: tuple[Example, ...]) -> Read:
    """The baseline, which learns nothing: more praise than blame, and the words of each topic."""

    def read(text: str) -> Reading:
        good, bad = counted(text)
        mood = "good" if good > bad else "bad" if bad > good else "neutral"
        return Reading(mood, tuple(topics_named(text)))

    return read


def characters(learned: tuple[Example, ...]) -> Read:
    """Characters and their neighbours instead of meaning."""
    return Reader(learned, Space([example.text for example in learned]).encode).read


def ours(learned: tuple[Example, ...]) -> Read:
    """What the product uses: the knowledge base's sentence encoder, and telling words."""
    return Reader(learned, _encoder().encode).read


METHODS: dict[str, Learn] = {"lexicon": lexicon, "characters": characters, "meaning and words (ours)": ours}


def compare(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every method on rows {"text", "mood", "topics"} of other sentences, and on held-out fifths of our own."""
    table = []
    for name, learn in METHODS.items():
        table.append({"method": name, "on": "other sentences", **measure(rows, learn(examples()))})
        table.append({"method": name, "on": "held-out fifths", **folds(learn)})
    return table


def measure(rows: list[dict[str, Any]], read: Read) -> dict[str, Any]:
    """Accuracy and macro-F1 of the mood, how many of the bad are found and rightly so, and precision, recall and F1
    of all topics together."""
    readings = [(row["mood"], set(row["topics"]), read(row["text"])) for row in rows]
    by_mood = {mood: _scores([(m == mood, r.mood == mood) for m, _, r in readings]) for mood in MOODS}
    found = sum(len(topics & set(reading.topics)) for _, topics, reading in readings)
    told = sum(len(reading.topics) for _, _, reading in readings)
    wanted = sum(len(topics) for _, topics, _ in readings)
    return {
        "sentences": len(rows),
        "mood_accuracy": sum(mood == reading.mood for mood, _, reading in readings) / len(rows),
        "mood_macro_f1": sum(each[2] for each in by_mood.values()) / len(MOODS),
        "bad_precision": by_mood["bad"][0],
        "bad_recall": by_mood["bad"][1],
        "topic_precision": found / told if told else 0.0,
        "topic_recall": found / wanted if wanted else 0.0,
        "topic_f1": 2 * found / (told + wanted) if told + wanted else 0.0,
    }


def folds(learn: Learn) -> dict[str, Any]:
    """The same on each fifth of the training sentences, learned from the rest: where settings are chosen."""
    known = examples()
    rows: list[dict[str, Any]] = []
    reads: dict[str, Read] = {}
    for fold in range(FOLDS):
        read = learn(tuple(example for place, example in enumerate(known) if place % FOLDS != fold))
        for example in known[fold::FOLDS]:
            rows.append({"text": example.text, "mood": example.mood, "topics": sorted(example.topics)})
            reads[example.text] = read
    return measure(rows, lambda text: reads[text](text))


@cache
def _encoder() -> Any:
    from faq.encoder import Embedder

    return Embedder()


def _scores(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """(precision, recall, F1) of (is, is said to be)."""
    both = sum(is_ and said for is_, said in pairs)
    said_count, is_count = sum(said for _, said in pairs), sum(is_ for is_, _ in pairs)
    precision, recall = both / said_count if said_count else 0.0, both / is_count if is_count else 0.0
    return precision, recall, 2 * both / (said_count + is_count) if said_count + is_count else 0.0
