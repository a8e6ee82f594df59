"""Where an index is kept between starts: a file below faq_dir, or a PostgreSQL server (faq.pgvector).

A file is named by a hash of what it holds: encoder, texts, and the order of both vectors and texts. A start with the
same texts reads its file; with other texts it takes over the vectors it knows and writes a new file.
"""

import hashlib
import json
import logging
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from faq.catalogue import Entry
from faq.encoder import Embedder
from faq.index import Floats, Index
from faq.spaces import MeaningSpace
from lipei.settings import Settings

log = logging.getLogger(__name__)

KEPT_FILES = 3  # the present content and two before it, so that going back is quick
_FORMAT = 1


class Store(Protocol):
    """Keeps vectors between starts, and says where meaning is compared."""

    def recall(self, embedder: Embedder) -> None:
        """Tell the embedder every vector that is kept."""

    def keep(self, index: Index) -> None:
        """Keep the vectors of an index."""

    def meaning(self, vectors: Floats, decoys: Floats | None) -> MeaningSpace:
        """The space in which the index compares meaning."""


def chosen_store(settings: Settings) -> Store:
    """The store of LIPEI_FAQ_STORE. Raises StoreUnavailable."""
    if settings.faq_store == "pgvector":
        from faq.pgvector import PgStore  # connects at once; only when it is wanted

        return PgStore(settings.database_url)
    return DiskStore(settings.faq_dir)


def open_index(entries: Sequence[Entry], embedder: Embedder, store: Store, decoys: Sequence[str] = ()) -> Index:
    """The index of these entries, with vectors taken from the store as far as they are there, and kept there."""
    store.recall(embedder)
    index = Index(entries, embedder, decoys, store.meaning)
    store.keep(index)
    return index


def content_hash(encoder: str, texts: Sequence[str]) -> str:
    """Names one content: the same encoder and the same texts in the same order."""
    content = json.dumps([_FORMAT, encoder, list(texts)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


class DiskStore:
    """Files in a folder; searched in the process. A folder that cannot be written costs time at the next start only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, embedder: Embedder) -> None:
        for path in reversed(self._files(embedder)):  # oldest first, so that the newest has the last word
            try:
                with np.load(path, allow_pickle=False) as kept:
                    embedder.know([str(text) for text in kept["texts"]], kept["vectors"])
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
                log.warning("The FAQ index file %s is damaged and will be made again: %s", path.name, error)
                path.unlink(missing_ok=True)

    def keep(self, index: Index) -> None:
        path = self._place(index.embedder) / f"{content_hash(index.embedder.name, index.texts_embedded)}.npz"
        if path.exists():
            return
        files = self._files(index.embedder)
        try:
            _write(path, index)
        except OSError as error:
            log.warning("The FAQ index could not be kept in %s: %s", path.parent, error)
        else:
            for old in files[KEPT_FILES - 1 :]:
                old.unlink(missing_ok=True)

    def meaning(self, vectors: Floats, decoys: Floats | None) -> MeaningSpace:
        return MeaningSpace(vectors, decoys)

    def _place(self, embedder: Embedder) -> Path:
        return self._folder / re.sub(r"[^A-Za-z0-9_-]+", "-", embedder.name)

    def _files(self, embedder: Embedder) -> list[Path]:
        """Newest first."""
        place = self._place(embedder)
        if not place.is_dir():
            return []
        return sorted(place.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)


def _write(path: Path, index: Index) -> None:
    """Complete or not at all: another process may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            texts = list(dict.fromkeys(index.texts_embedded))
            np.savez(file, texts=np.array(texts), vectors=index.embedder.encode(texts))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
