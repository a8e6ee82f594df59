"""WeChat's signature and encryption, written from its documents and not from the library that we use.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions.html
"""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


def signature(*parts: str) -> str:
    """SHA-1 of the sorted parts, in hex."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def seal(text: str, aes_key: str, appid: str) -> str:
    """Base64 of AES-256-CBC over 16 random bytes, the length, the text and the account."""
    content = os.urandom(16) + len(text.encode()).to_bytes(4, "big") + text.encode() + appid.encode()
    fill = BLOCK - len(content) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(content + bytes([fill]) * fill) + encryptor.finalize()).decode()


def unseal(sealed: str, aes_key: str, appid: str) -> str:
    """The text back. ValueError for another key or account."""
    decryptor = _cipher(aes_key).decryptor()
    content = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    content = content[: -content[-1]]
    end = 20 + int.from_bytes(content[16:20], "big")
    if content[end:].decode(errors="replace") != appid:
        raise ValueError("encrypted for another account, or with another key")
    return content[20:end].decode()


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(f"{aes_key}=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
