"""The component `names` of spaCy: a conditional random field over characters, trained in seconds on data/tagger."""

# No postponed annotations here: spaCy reads those of a factory when the module is loaded.

import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Optional, Sequence

from spacy import Language
from spacy.pipeline import Pipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example

from bot.inner import store
from bot.inner.context import Context
from bot.learned import augment, evidence, sentences
from bot.learned.evidence import Evidence
from bot.learned.features import features
from bot.learned.sentences import MOMENT, Marked
from bot.values import characters
from bot.values.extractor import read_surer
from bot.values.sentence import Sentence

FACTORY = "names"
_LETTERS = {"location": "L", "person_name": "N"}
_ENTITIES = {letter: entity for entity, letter in _LETTERS.items()}
_OPTIONS = {"c1": 0.1, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True, "feature.minfreq": 2}
_FIELD, _CONTEXT = "field.crfsuite", "context.npz"

# What the rules think of each character; read afresh where nobody has put it there.
Doc.set_extension("evidence", default=None, force=True)
# How sure the component is of a span, from 0 to 1.
Span.set_extension("sure", default=1.0, force=True)


def examples(folder: Path, each: int = 2) -> List[Marked]:
    """The sentences to learn from: those written by hand, and every template filled `each` times."""
    return [*sentences.read(folder), *augment.sentences(folder, each)]


def trained(marked: Sequence[Marked]) -> Language:
    """A pipeline that marks places and people, trained on marked sentences; its to_disk and spacy.load keep it."""
    nlp = characters.pipeline()
    nlp.add_pipe(FACTORY)
    made = [_example(nlp, each) for each in marked]
    nlp.initialize(lambda: made)
    return nlp


def names_of(nlp: Language, seen: Evidence) -> List[Span]:
    """The names in a sentence whose evidence has been read, in order; `_.sure` says how probable each is."""
    return list(nlp(_doc(nlp, seen)).ents)


def _example(nlp: Language, marked: Marked) -> Example:
    return Example.from_dict(_doc(nlp, _read(marked.text)), {"entities": list(marked.spans)})


def _doc(nlp: Language, seen: Evidence) -> Doc:
    doc = nlp.make_doc(seen.plain)
    doc._.evidence = seen
    return doc


def _read(text: str) -> Evidence:
    sentence = Sentence(text, MOMENT)
    read_surer(sentence)
    return evidence.read(sentence)


def _evidence(doc: Doc) -> Evidence:
    return doc._.evidence or _read(doc.text)


class _Learned(NamedTuple):
    """The trained field as bytes and ready for use, and what it sees of each character's context."""

    model: bytes
    field: Any
    context: Context

    @classmethod
    def of(cls, model: bytes, context: Context) -> "_Learned":
        import pycrfsuite

        field = pycrfsuite.Tagger()
        field.open_inmemory(model)
        return cls(model, field, context)


class Names(Pipe):
    """Sets doc.ents: spans `location` and `person_name`. Reads nothing before it has been initialised or loaded."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._learned: Optional[_Learned] = None

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Optional[Language] = None) -> None:
        """Trains on the examples' entities, as spaCy asks of every component that learns."""
        import pycrfsuite

        given = list(get_examples())
        seen = [_evidence(example.predicted) for example in given]
        read = store.read_all([each.plain for each in seen])
        context = Context.fit([rows for _, rows in read])
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(_OPTIONS)
        for example, each, (pieces, rows) in zip(given, seen, read, strict=True):
            trainer.append(features(each.characters, context.places(pieces, rows)), _tags(example.reference))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / _FIELD
            trainer.train(str(file))
            self._learned = _Learned.of(file.read_bytes(), context)

    def __call__(self, doc: Doc) -> Doc:
        if self._learned is None or not len(doc):
            return doc
        field = self._learned.field
        tags = field.tag(features(_evidence(doc).characters, self._learned.context.of(doc.text)))
        doc.ents = _spans(doc, tags)
        for span in doc.ents:
            span._.sure = _sure(field, span)
        return doc

    def score(self, examples: Iterable[Example], **_: Any) -> Dict[str, Any]:
        """Precision, recall and F1 of exact spans, as spaCy names them: ents_p, ents_r, ents_f, ents_per_type."""
        return get_ner_prf(examples)  # type: ignore[no-any-return]

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Two files in the folder: the field and the context. Raises ValueError before anything was learned."""
        if self._learned is None:
            raise ValueError(f"the component {self.name} has learned nothing that could be kept")
        path.mkdir(parents=True, exist_ok=True)
        (path / _FIELD).write_bytes(self._learned.model)
        self._learned.context.save(path / _CONTEXT)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> "Names":
        """The inverse of to_disk."""
        self._learned = _Learned.of((path / _FIELD).read_bytes(), Context.load(path / _CONTEXT))
        return self


@Language.factory(FACTORY, assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def _make(nlp: Language, name: str) -> Names:
    return Names(name)


def _sure(field: Any, span: Span) -> float:
    """How sure the field is, of the sentence it has tagged last, where a span begins and ends."""
    letter, length = _LETTERS[span.label_], len(span.doc)
    last = "B" if len(span) == 1 else "I"
    begins = field.marginal(f"B{letter}", span.start)
    reaches = field.marginal(f"{last}{letter}", span.end - 1)
    goes_on = field.marginal(f"I{letter}", span.end) if span.end < length else 0.0
    return float(begins * reaches * (1 - goes_on))


def _tags(doc: Doc) -> List[str]:
    tags = ["O"] * len(doc)
    for span in doc.ents:
        letter = _LETTERS[span.label_]
        tags[span.start : span.end] = [f"B{letter}"] + [f"I{letter}"] * (len(span) - 1)
    return tags


def _spans(doc: Doc, tags: Sequence[str]) -> List[Span]:
    """The spans of the tags; an I that continues nothing of its kind begins a span."""
    spans: List[Span] = []
    for index, tag in enumerate(tags):
        if tag == "O":
            continue
        entity = _ENTITIES[tag[1]]
        last = spans[-1] if spans else None
        if tag[0] == "I" and last and last.end == index and last.label_ == entity:
            spans[-1] = Span(doc, last.start, index + 1, entity)
        else:
            spans.append(Span(doc, index, index + 1, entity))
    return spans
