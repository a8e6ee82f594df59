"""Twilio's signature: HMAC over the public URL and the form, under the account's token, by the twilio library."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator, add_port, remove_port

from channels.base import Forged
from channels.twilio.settings import TwilioSettings
from channels.webhook import Delivery, same

Form = ImmutableMultiDict[str, str]


def form_of(delivery: Delivery) -> Form:
    """The fields of the request's body."""
    body = delivery.body.decode("utf-8", "replace")
    return ImmutableMultiDict(parse_qsl(body, keep_blank_values=True))


def verify(delivery: Delivery, settings: TwilioSettings) -> None:
    """Raises Forged unless Twilio signed this request, and for our account. Twilio signs no time.

    The URL is the public one; Twilio's servers sign it now with, now without the standard port, and a proxy may have
    taken a slash off the end of the path. https://www.twilio.com/docs/usage/security#validating-requests
    """
    form, given = form_of(delivery), delivery.headers.get("x-twilio-signature", "")
    validator = RequestValidator(settings.auth_token)
    # Every variant is compared, and in constant time: the library's own comparison ends early.
    matches = [same(given, validator.compute_signature(url, form)) for url in _variants(delivery.url)]
    if not any(matches):
        raise Forged("wrong signature")
    if form.get("AccountSid") != settings.account_sid:
        raise Forged("of another account")


def _variants(url: str) -> list[str]:
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    both = [parts._replace(path=each) for each in (path, f"{path}/")]
    return [signed(each) for each in both for signed in (remove_port, add_port)]
