"""Attachment files on disk: named by their SHA-256, readable by this user only, written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path


def store(directory: Path, data: bytes) -> tuple[str, Path]:
    """Write `data` once; returns (sha256 in hex, path). The same bytes sent twice are one file."""
    digest = hashlib.sha256(data).hexdigest()
    folder = directory / digest[:2]
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / digest
    if path.exists():
        return digest, path
    draft = folder / f".{digest}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    return digest, path
