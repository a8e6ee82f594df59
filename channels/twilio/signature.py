"""Twilio's signature: HMAC-SHA-1 of the exact public URL and the form's fields, under the account's token."""

from __future__ import annotations

from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

from channels.base import Forged
from channels.webhook import Delivery


def verify(delivery: Delivery, auth_token: str) -> None:
    """Raises Forged. Twilio signs no time: a request sent again is known by the id of what it carries."""
    given = delivery.headers.get("x-twilio-signature", "")
    if not RequestValidator(auth_token).validate(delivery.url, fields(delivery), given):
        raise Forged("wrong signature")


def fields(delivery: Delivery) -> dict[str, str]:
    """The form, the last of each name; empty for a body that is no form."""
    return dict(parse_qsl(delivery.body.decode("utf-8", "replace"), keep_blank_values=True))
