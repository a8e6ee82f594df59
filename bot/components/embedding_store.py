"""Embeddings of training sentences, kept on disk between trainings: only new or changed sentences are encoded."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Dict, Iterator, Optional, Sequence
from zipfile import BadZipFile

import numpy as np

from bot.components.encoder import LONGEST, encode_many, version

logger = logging.getLogger(__name__)

DIRECTORY_VARIABLE = "LIPEI_EMBEDDINGS_DIR"
DEFAULT_DIRECTORY = Path(".rasa", "embeddings")

EncodeMany = Callable[[str, Sequence[str]], np.ndarray]
"""(name of the encoder, n texts) -> embeddings (n, dimensions)."""


def embed_all(
    name: str, texts: Sequence[str], kept_for: str = "intents", encode: Optional[EncodeMany] = None
) -> np.ndarray:
    """Embeddings (n, dimensions) of the texts by the encoder of that name, from disk where they were made before.

    The store lies beside Rasa's training cache unless LIPEI_EMBEDDINGS_DIR names another directory.
    kept_for names the model that is trained: what it no longer needs is forgotten, what others need is not.
    It is only a cache: an unreadable one is left out and written anew. Who asks for embeddings that another process
    is making waits for them.
    `encode` makes what is missing, `encoder.encode_many` by default. Files are named by encoder and release, not by who
    encoded: bot.components.bulk_encoder comes to the same vectors but for the last digits (cosine 0.9998 or more), and
    a store may hold some of either.
    """
    path = directory() / f"{name}-{version(name)}{'' if kept_for == 'intents' else '-' + kept_for}.npz"
    keys = [key_of(text[:LONGEST]) for text in texts]
    with alone(path):
        kept = _read(path)
        before = set(kept)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        for other in _others(path, name) if missing else ():  # made for another model of the same training
            beside = _read(other)
            kept.update({key: beside[key] for key in missing if key in beside})
            missing = {key: text for key, text in missing.items() if key not in kept}
        if missing:
            kept.update(zip(missing, (encode or encode_many)(name, list(missing.values())), strict=True))
        if set(keys) - before:
            _write(path, {key: kept[key] for key in dict.fromkeys(keys)})
    return np.stack([kept[key] for key in keys])


def directory() -> Path:
    """Where stores lie."""
    return Path(os.environ.get(DIRECTORY_VARIABLE) or DEFAULT_DIRECTORY)


def key_of(text: str) -> str:
    """What a text is known by in a store, which holds no customer's words."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time; a process that dies lets go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _others(path: Path, name: str) -> Iterator[Path]:
    """The stores of the same encoder beside this one."""
    pattern = f"{name}-{version(name)}*.npz"
    yield from (file for file in sorted(path.parent.glob(pattern)) if file != path and ".tmp" not in file.name)


def _read(path: Path) -> Dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["rows"], strict=True))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        logger.warning("the embeddings kept in %s cannot be read (%s) and are made again", path.name, error)
        return {}


def _write(path: Path, kept: Dict[str, np.ndarray]) -> None:
    with replaced(path) as beside:
        np.savez(beside, keys=np.array(list(kept)), rows=np.stack(list(kept.values())))


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A file to write to, which then takes the path's place: nobody ever reads half a store."""
    beside = path.with_suffix(f".{os.getpid()}.tmp.npz")
    yield beside
    beside.replace(path)
