"""The calibration kept between starts: a small file, named by a hash of everything it follows from.

Calibrating takes as long as half a dozen starts, and follows from nothing but the entries, the encoder and our code.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from faq.calibrate import calibrate
from faq.catalogue import Entry
from faq.decide import Calibration
from faq.encoder import Embedder

log = logging.getLogger(__name__)

KEPT_FILES = 3  # the present one and two before it, so that going back is quick
CODE = Path(__file__).parent


def calibration(entries: Sequence[Entry], embedder: Embedder, decoys: Sequence[str], folder: Path) -> Calibration:
    """As `calibrate`, from the folder where it is there. A folder that cannot be written costs time only.

    Raises ValueError where there is too little to learn from.
    """
    path = folder / f"{_name(entries, embedder, decoys)}.json"
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("The kept calibration %s is damaged and will be made again: %s", path.name, error)
    made = calibrate(entries, embedder, decoys)
    try:
        _write(path, made)
    except OSError as error:
        log.warning("The calibration could not be kept in %s: %s", folder, error)
    return made


def _name(entries: Sequence[Entry], embedder: Embedder, decoys: Sequence[str]) -> str:
    digest = hashlib.sha256()
    digest.update(json.dumps([embedder.name, *decoys], ensure_ascii=False).encode())
    for entry in entries:
        digest.update(entry.model_dump_json().encode())
    for source in sorted(CODE.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _read(path: Path) -> Calibration:
    kept = json.loads(path.read_text(encoding="utf-8"))
    models = {name: tuple(map(float, kept[name])) for name in ("right", "ours")}
    return Calibration(answer_from=float(kept["answer_from"]), ask_from=float(kept["ask_from"]), **models)


def _write(path: Path, made: Calibration) -> None:
    """Complete or not at all: another process may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    others = (each for each in path.parent.glob("*.json") if each != path)
    older = sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(made), file)
    Path(name).replace(path)
    for each in older[KEPT_FILES - 1 :]:
        each.unlink(missing_ok=True)
