"""Personal fields at rest: encrypted columns (AES-256-GCM) and a keyed index to look them up by."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from claims.errors import ConfigError
from claims.keys import configured_keys
from claims.normalise import phone, plain, simplified

_NONCE_BYTES = 12


@dataclass(frozen=True)
class _Key:
    """One data key, with the sub-keys derived from it, one per use."""

    id: str
    cipher: AESGCM
    index: bytes
    audit: bytes


def _derive(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, f"lipei {purpose}".encode(), hashlib.sha256).digest()


@lru_cache(maxsize=8)
def _keys(raw: tuple[bytes, ...]) -> tuple[_Key, ...]:
    return tuple(
        _Key(
            id=_derive(key, "id").hex()[:8],
            cipher=AESGCM(_derive(key, "encrypt")),
            index=_derive(key, "index"),
            audit=_derive(key, "audit"),
        )
        for key in raw
    )


def encrypt(text: str) -> str:
    """`v1.<key id>.<base64 of nonce and ciphertext>`; two calls never give the same."""
    key = _keys(configured_keys())[0]
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + key.cipher.encrypt(nonce, text.encode(), key.id.encode())
    return f"v1.{key.id}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(token: str) -> str:
    """The text back. ConfigError when the configured keys are not those the database was written with."""
    _, key_id, body = token.split(".", 2)
    key = next((k for k in _keys(configured_keys()) if k.id == key_id), None)
    if key is None:
        raise ConfigError(
            f"the database was written with data key {key_id}, which is not configured: "
            "set LIPEI_DATA_KEY (or restore the key file) to the key this database was made with"
        )
    sealed = base64.urlsafe_b64decode(body)
    try:
        return key.cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], key_id.encode()).decode()
    except InvalidTag as error:
        raise ConfigError(f"a field encrypted with data key {key_id} was damaged or changed") from error


def blind_index(value: str) -> str:
    """HMAC-SHA-256 of the normalised value, hex: equal values meet, and nothing is learnt without the key.

    The oldest key keeps the index, so that a new encryption key does not break look-ups. An e-mail address keeps its
    dots and dashes: a.b@… and ab@… are two people's.
    """
    normal = value.strip().lower() if "@" in value else phone(plain(value))
    return _mac(_keys(configured_keys())[-1].index, normal)


def name_index(value: str) -> str:
    """The blind index of a name, the same for both scripts: 陳志明 and 陈志明 are looked for in either."""
    return _mac(_keys(configured_keys())[-1].index, f"name {plain(simplified(value))}")


def secret_hash(value: str) -> str:
    """Keyed hash of a short secret such as a one-time code, so that a stolen table cannot be searched through."""
    return _mac(_keys(configured_keys())[-1].index, f"secret {value}")


def audit_mac(value: str) -> str:
    """Keyed hash that chains audit entries."""
    return _mac(_keys(configured_keys())[-1].audit, value)


def _mac(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


class EncryptedText(TypeDecorator[str]):
    """A text column that is unreadable in the database file."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else decrypt(value)


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value in an encrypted text column. Assign a new value to change it: changes inside are not seen."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else encrypt(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(decrypt(value))
