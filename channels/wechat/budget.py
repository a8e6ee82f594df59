"""How many service messages may be pushed to a customer, and until when.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html
"""

from __future__ import annotations

from datetime import datetime, timedelta

from channels.base import Kind, Window

AFTER_A_MESSAGE = timedelta(hours=48), 5
AFTER_A_TAP = timedelta(minutes=1), 3
"""On the menu, on "follow", or a QR code scanned."""


def allows(window: Window, now: datetime) -> bool:
    """Whether one more may be sent. A tap does not end what the message before it opened."""
    tapped_at = window.last_at if window.last_kind is Kind.EVENT else None
    return _left(window, window.spoke_at, now, *AFTER_A_MESSAGE) or _left(window, tapped_at, now, *AFTER_A_TAP)


def _left(window: Window, since: datetime | None, now: datetime, lasts: timedelta, most: int) -> bool:
    if since is None or now - since > lasts:
        return False
    return sum(moment >= since for moment in window.pushed_at) < most
