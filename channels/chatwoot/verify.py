"""X-Chatwoot-Signature: "sha256=" and HMAC-SHA256 of "TIMESTAMP.BODY" under the bot's secret, in hex.

Versions that do not sign yet call an address that carries the secret.
"""

from __future__ import annotations

import hashlib
import hmac

from channels.base import Forged
from channels.webhook import Delivery, fresh, same

WINDOW_SECONDS = 300.0


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What Chatwoot sends along."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def verify(delivery: Delivery, secret: str) -> None:
    """Raises Forged, or Stale for what was signed too long ago."""
    given = delivery.headers.get("x-chatwoot-signature")
    if given is None:
        if not same(delivery.query.get("secret", ""), secret):
            raise Forged("neither signed nor with the secret")
        return
    timestamp = delivery.headers.get("x-chatwoot-timestamp", "")
    if not same(given, signature(secret, timestamp, delivery.body)):
        raise Forged("wrong signature")
    fresh(timestamp, delivery, WINDOW_SECONDS)
