"""What the inner layers make of the NER's training sentences, kept on disk between trainings."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Optional, Sequence, Tuple
from zipfile import BadZipFile

import numpy as np

from bot.components.embedding_store import alone, directory, key_of, replaced
from bot.components.encoder import version
from bot.inner import context
from bot.inner.cutter import Piece

logger = logging.getLogger(__name__)

ReadMany = Callable[[Sequence[Sequence[int]]], List[np.ndarray]]
"""n sentences as numbers of pieces -> for each (pieces, width)."""


def read_all(texts: Sequence[str], read_many: Optional[ReadMany] = None) -> List[Tuple[List[Piece], np.ndarray]]:
    """The pieces of each text and what the inner layers make of them, from disk where that was done before.

    `read_many` reads what is missing, the engine's own layers by default; bot.components.bulk_encoder comes to the same
    but for the last digits. Only a cache: an unreadable one is made anew, and what is not asked for is forgotten.
    """
    file = directory() / f"layer{context.DEPTH}-e5-{version('e5')}.npz"
    cut = [context.cut(text) for text in texts]
    keys = [key_of(text) for text in texts]
    with alone(file):
        kept = dict(_kept(file))
        missing = {key: pieces for key, pieces in zip(keys, cut, strict=True) if key not in kept}
        if missing:
            sentences = [[piece.number for piece in pieces] for pieces in missing.values()]
            kept.update(zip(missing, (read_many or context.read_many)(sentences), strict=True))
            _write(file, {key: kept[key] for key in dict.fromkeys(keys)})
    return list(zip(cut, [kept[key] for key in keys], strict=True))


def _kept(file: Path) -> Iterator[Tuple[str, np.ndarray]]:
    try:
        with np.load(file, allow_pickle=False) as stored:
            ends = np.cumsum(stored["lengths"])
            yield from zip(stored["keys"].tolist(), np.split(stored["rows"], ends[:-1]), strict=True)
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        logger.warning("what is kept in %s cannot be read (%s) and is made again", file.name, error)


def _write(file: Path, kept: Dict[str, np.ndarray]) -> None:
    rows = np.concatenate(list(kept.values())).astype(np.float16)  # three digits are plenty, and half the room
    with replaced(file) as beside:
        np.savez(beside, keys=np.array(list(kept)), lengths=[len(rows) for rows in kept.values()], rows=rows)
