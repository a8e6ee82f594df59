"""The provider's signature: HMAC-SHA-256 of time, public URL and body, under the account's secret."""

import hashlib
import hmac

from channels.base import Forged
from channels.webhook import Delivery, fresh, same

SECONDS = 300


def signature(secret: str, timestamp: str, url: str, body: bytes) -> str:
    """In hex."""
    return hmac.new(secret.encode(), f"{timestamp}\n{url}\n".encode() + body, hashlib.sha256).hexdigest()


def verify(delivery: Delivery, secret: str) -> None:
    """Raises Forged or Stale."""
    timestamp = delivery.headers.get("x-timestamp", "")
    expected = signature(secret, timestamp, delivery.url, delivery.body)
    if not same(delivery.headers.get("x-signature", ""), expected):
        raise Forged("wrong signature")
    fresh(timestamp, delivery, SECONDS)
