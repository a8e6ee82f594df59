"""How long one question takes in a knowledge base of any size, encoding included."""

import itertools
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.lines import InputError, read_lines
from faq.catalogue import Entry, Source
from faq.encoder import Embedder, Vectors
from faq.errors import FaqError
from faq.index import Index
from faq.spaces import unit
from faq.text import normalise

_SOURCE = Source(kind="promise", reference="measuring")
_SEED = 20261126
_PHRASINGS = 3


class Composed:
    """Stands in for the encoder for texts that are two of ours put together: their vector is that of the two.

    Encoding 40,000 texts takes most of an hour and would not change what a search costs. Questions are encoded.
    """

    def __init__(self, embedder: Embedder, parts: dict[str, tuple[str, str]]) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._parts = parts

    def know(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._embedder.know(texts, vectors)

    def encode(self, texts: Sequence[str]) -> Vectors:
        known = [self._parts.get(text, (text, text)) for text in texts]
        flat = self._embedder.encode(list(dict.fromkeys(itertools.chain.from_iterable(known))))
        places = {text: n for n, text in enumerate(dict.fromkeys(itertools.chain.from_iterable(known)))}
        return unit(np.stack([flat[places[a]] + flat[places[b]] for a, b in known]))


def measure_scale(count: int, queries: Path, *, phrasings: int = _PHRASINGS) -> dict[str, Any]:
    """Build `count` entries of composed sentences and ask them the questions of a file (JSON lines with "text").

    Milliseconds of one whole question on this machine: median and 95th percentile, and the median of its encoding. The
    same in processor time, which other programs on a busy machine do not lengthen. Raises InputError.
    """
    from faq.service import get_index

    questions = [row["text"] for row in read_lines(queries, {"text"})]
    try:
        own = get_index()
    except FaqError as error:
        raise InputError(str(error)) from error
    entries, parts = _compose(own, count, phrasings)
    started = time.perf_counter()
    index = Index(entries, Composed(own.embedder, parts), own.decoys)  # type: ignore[arg-type]
    built = time.perf_counter() - started
    encoding: list[float] = []
    whole: list[float] = []
    processor: list[float] = []
    for question in questions:
        started, used = time.perf_counter(), time.process_time()
        own.embedder.encode([normalise(question)])
        encoding.append((time.perf_counter() - started) * 1000)
        index.search(question)  # finds the vector in the embedder's memory
        whole.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return {
        "entries": count,
        "texts": len(index.texts),
        "queries": len(questions),
        "ms_median": round(statistics.median(whole), 1),
        "ms_p95": round(sorted(whole)[int(len(whole) * 0.95)], 1),
        "ms_encoding": round(statistics.median(encoding), 1),
        "processor_ms_median": round(statistics.median(processor), 1),
        "build_seconds": round(built, 1),
    }


def _compose(own: Index, count: int, phrasings: int) -> tuple[list[Entry], dict[str, tuple[str, str]]]:
    draw = random.Random(_SEED)
    parts: dict[str, tuple[str, str]] = {}
    texts: list[str] = []
    while len(texts) < count * (1 + phrasings):
        first, second = draw.sample(own.texts, 2)
        text = normalise(f"{first},{second}")
        if text not in parts:
            parts[text] = (first, second)
            texts.append(text)
    answers = [entry.answer for entry in own.entries]
    groups = [texts[i * (1 + phrasings) : (i + 1) * (1 + phrasings)] for i in range(count)]
    entries = [
        Entry(
            id=f"e{n}",
            category="scale",
            question=group[0],
            phrasings=tuple(group[1:]),
            answer=answers[n % len(answers)],
            source=_SOURCE,
        )
        for n, group in enumerate(groups)
    ]
    return entries, parts
