"""The tagger: a conditional random field over characters, trained in seconds on data/tagger."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, List, NamedTuple, Sequence

from bot.inner import store
from bot.inner.context import Context
from bot.learned import augment, evidence, sentences
from bot.learned.features import features
from bot.learned.sentences import MOMENT, Marked
from bot.values.extractor import read_surer
from bot.values.sentence import Sentence

_LETTERS = {"location": "L", "person_name": "N"}
_ENTITIES = {letter: entity for entity, letter in _LETTERS.items()}
_OPTIONS = {"c1": 0.1, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True, "feature.minfreq": 2}


def examples(folder: Path, each: int = 2) -> List[Marked]:
    """The sentences the tagger learns from: those written by hand, and every template filled `each` times."""
    return [*sentences.read(folder), *augment.sentences(folder, each)]


class Span(NamedTuple):
    """A name in a sentence, and how probable it is that it begins and ends there."""

    start: int
    end: int
    entity: str
    sure: float = 1.0


def _tags(marked: Marked) -> List[str]:
    tags = ["O"] * len(marked.text)
    for start, end, entity in marked.spans:
        letter = _LETTERS[entity]
        tags[start:end] = [f"B{letter}"] + [f"I{letter}"] * (end - start - 1)
    return tags


def _spans(tags: List[str]) -> List[Span]:
    spans: List[Span] = []
    for index, tag in enumerate(tags):
        if tag == "O":
            continue
        entity = _ENTITIES[tag[1]]
        last = spans[-1] if spans else None
        if tag[0] == "I" and last and last.end == index and last.entity == entity:
            spans[-1] = last._replace(end=index + 1)
        else:
            spans.append(Span(index, index + 1, entity))
    return spans


def _read(text: str) -> evidence.Evidence:
    sentence = Sentence(text, MOMENT)
    read_surer(sentence)
    return evidence.read(sentence)


class Tagger:
    """Finds spans of places and names. `model` is the trained field as bytes."""

    def __init__(self, model: bytes, context: Context) -> None:
        import pycrfsuite

        self.model, self.context = model, context
        self._field: Any = pycrfsuite.Tagger()
        self._field.open_inmemory(model)

    @classmethod
    def fit(cls, examples: Sequence[Marked]) -> Tagger:
        """Trained on marked sentences."""
        import pycrfsuite

        seen = [_read(marked.text) for marked in examples]
        read = store.read_all([each.plain for each in seen])
        context = Context.fit([rows for _, rows in read])
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(_OPTIONS)
        for marked, each, (pieces, rows) in zip(examples, seen, read, strict=True):
            trainer.append(features(each.characters, context.places(pieces, rows)), _tags(marked))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "tagger"
            trainer.train(str(file))
            return cls(file.read_bytes(), context)

    def spans(self, seen: evidence.Evidence) -> List[Span]:
        """The names in a sentence, in order."""
        if not seen.plain:
            return []
        spans = _spans(self._field.tag(features(seen.characters, self.context.of(seen.plain))))
        return [span._replace(sure=self._sure(span, len(seen.plain))) for span in spans]

    def _sure(self, span: Span, length: int) -> float:
        letter = _LETTERS[span.entity]
        last = "B" if span.end - span.start == 1 else "I"
        begins = self._field.marginal(f"B{letter}", span.start)
        reaches = self._field.marginal(f"{last}{letter}", span.end - 1)
        goes_on = self._field.marginal(f"I{letter}", span.end) if span.end < length else 0.0
        return float(begins * reaches * (1 - goes_on))
