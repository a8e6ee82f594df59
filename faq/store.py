"""Sentence vectors kept on disk, so that a start takes no time and an edit costs only what was edited.

One file a content: `<hash>.npz` under var_dir/faq/<encoder>/ with the texts and their vectors. A start with the same
texts reads its file; with other texts it takes over the vectors it knows and writes a new file.
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

import numpy as np

from faq.catalogue import Entry
from faq.encoder import Embedder
from faq.index import Index

log = logging.getLogger(__name__)

KEPT_FILES = 3  # the present content and two before it, so that going back is quick
_FORMAT = 1


def content_hash(encoder: str, texts: Sequence[str]) -> str:
    """Names one content: the same encoder and the same texts in the same order."""
    content = json.dumps([_FORMAT, encoder, list(texts)], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def open_index(entries: Sequence[Entry], embedder: Embedder, folder: Path, decoys: Sequence[str] = ()) -> Index:
    """The index of these entries, with vectors read from `folder` as far as they are there, and kept there.

    A folder that cannot be written costs time at the next start and nothing else.
    """
    place = folder / re.sub(r"[^A-Za-z0-9_-]+", "-", embedder.name)
    files = sorted(place.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True) if place.is_dir() else []
    for path in reversed(files):  # oldest first, so that the newest has the last word
        _read(path, embedder)
    index = Index(entries, embedder, decoys)
    path = place / f"{content_hash(embedder.name, index.texts_embedded)}.npz"
    if not path.exists():
        try:
            _write(path, index)
        except OSError as error:
            log.warning("The FAQ index could not be kept in %s: %s", place, error)
        else:
            for old in files[KEPT_FILES - 1 :]:
                old.unlink(missing_ok=True)
    return index


def _read(path: Path, embedder: Embedder) -> None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            embedder.know([str(text) for text in kept["texts"]], kept["vectors"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("The FAQ index file %s is damaged and will be made again: %s", path.name, error)
        path.unlink(missing_ok=True)


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
