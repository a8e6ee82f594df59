"""Where the data key comes from: LIPEI_DATA_KEY, or a key file (mode 600) made at first use."""

from __future__ import annotations

import base64
import binascii
import os
from functools import lru_cache
from pathlib import Path

from claims.errors import ConfigError
from lipei.secrets import read_or_create_secret
from lipei.settings import get_settings

KEY_BYTES = 32


def configured_keys() -> tuple[bytes, ...]:
    """All data keys: the one that encrypts first, then older ones, which are still read. ConfigError when unusable.

    A key file may hold several keys, one a line, the newest first.
    """
    settings = get_settings()
    if settings.data_key:
        return _parse(settings.data_key, "LIPEI_DATA_KEY")
    return _from_file(settings.key_file)


def _fresh_key() -> str:
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


@lru_cache(maxsize=8)
def _from_file(path: Path) -> tuple[bytes, ...]:
    try:
        text = read_or_create_secret(path, _fresh_key)
    except UnicodeDecodeError as error:
        raise ConfigError(f"the key file {path} is not base64") from error
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise ConfigError(f"the key file {path} can be read by others (mode {mode:o}): run chmod 600 on it")
    return _parse(text, f"the key file {path}")


@lru_cache(maxsize=8)
def _parse(text: str, where: str) -> tuple[bytes, ...]:
    keys = []
    for part in text.split():
        try:
            key = base64.b64decode(part, validate=True)
        except binascii.Error as error:
            raise ConfigError(f"{where} is not base64") from error
        if len(key) != KEY_BYTES:
            raise ConfigError(f"{where} holds a key of {len(key)} bytes; it must be base64 of {KEY_BYTES} bytes")
        keys.append(key)
    if not keys:
        raise ConfigError(f"{where} is empty; it must hold base64 of {KEY_BYTES} random bytes")
    return tuple(keys)
