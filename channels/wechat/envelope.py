"""What a request's body holds: plain XML, XML with an encrypted twin (compatible mode), or encrypted (safe mode).

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Message_encryption_and_decryption_instructions.html
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from channels.base import Malformed
from channels.wechat.settings import WeChatSettings
from channels.xml import parse_xml, texts


class Sealed(Malformed):
    """Encrypted, with none of our keys or for another account."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The fields of a message, and the key that it was encrypted with, with which it is answered. None: plain."""

    fields: Mapping[str, str]
    key: str | None = None


def read(body: bytes) -> dict[str, str]:
    """The outer fields. Raises Malformed."""
    return texts(parse_xml(body))


def open_up(outer: Mapping[str, str], settings: WeChatSettings) -> Opened:
    """The message itself. Raises Malformed, Sealed."""
    sealed = outer.get("Encrypt")
    if sealed is None or (not settings.aes_keys and "MsgType" in outer):
        return Opened(outer)
    for key in settings.aes_keys:
        plain = _decrypted(sealed, key, settings.appid)
        if plain is not None:
            return Opened(read(plain.encode()), key)
    raise Sealed("encrypted with no key of ours" if settings.aes_keys else "encrypted, and no AES key is set")


def _decrypted(sealed: str, key: str, appid: str) -> str | None:
    """The text within; None when the key or the account is another one."""
    try:
        plain: str = PrpCrypto(base64.b64decode(f"{key}=")).decrypt(sealed, appid)
    except (InvalidAppIdException, ValueError, IndexError, struct.error):
        return None
    return plain
