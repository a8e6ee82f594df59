"""WeChat's signatures: SHA-1 over the sorted token, timestamp and nonce, and over the encrypted part with them.

The plain one does not cover the body: whoever sees an address of a request could use it again for another message
while it is fresh. So `safe_mode` takes encrypted messages only.
"""

from __future__ import annotations

from wechatpy.utils import WeChatSigner

from channels.base import Forged, Malformed
from channels.webhook import Delivery, fresh, same
from channels.wechat import envelope
from channels.wechat.settings import WeChatSettings

SECONDS = 300.0


def signature(token: str, *signed: str) -> str:
    """In hex."""
    signer = WeChatSigner()
    signer.add_data(token, *signed)
    return str(signer.signature)


def verify(delivery: Delivery, settings: WeChatSettings) -> None:
    """Raise Forged or Stale. A body that cannot be read passes where its request is signed: parse refuses it."""
    query = delivery.query
    signed = (settings.token, query.get("timestamp", ""), query.get("nonce", ""))
    plain = query.get("signature")
    if plain is not None and not same(plain, signature(*signed)):
        raise Forged("wrong signature")
    if plain is None and (delivery.method == "GET" or "msg_signature" not in query):
        raise Forged("no signature")
    fresh(query.get("timestamp", ""), delivery, SECONDS)
    if delivery.method != "GET":
        _verify_body(delivery, signed, settings, signed_plain=plain is not None)


def _verify_body(delivery: Delivery, signed: tuple[str, ...], settings: WeChatSettings, *, signed_plain: bool) -> None:
    try:
        outer = envelope.read(delivery.body)
    except Malformed:
        if signed_plain and not settings.safe_mode:
            return
        raise Forged("nothing signed in the body") from None
    sealed = outer.get("Encrypt")
    if sealed is None:
        if settings.safe_mode or not signed_plain:
            raise Forged("not encrypted")
        return
    if not same(delivery.query.get("msg_signature", ""), signature(*signed, sealed)):
        raise Forged("wrong msg_signature")
    try:
        envelope.open_up(outer, settings)
    except envelope.Sealed as error:
        raise Forged(str(error)) from None
    except Malformed:
        return
