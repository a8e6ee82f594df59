"""The client of Twilio's REST API, through the vendor's library."""

from __future__ import annotations

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from channels.base import AddressGone, MessageRefused, PassingFailure, SendFailed
from channels.twilio.settings import TwilioSettings

TIMEOUT_SECONDS = 10.0
_GONE = frozenset({21211, 21214, 21217, 21610, 21612, 21614})
"""No such number, none that can be reached, unsubscribed (https://www.twilio.com/docs/api/errors)."""


def rest_client(settings: TwilioSettings) -> Client:
    """A client that talks to LIPEI_TWILIO_API_BASE, through no proxy of the environment. It blocks: use a thread."""
    http = TwilioHttpClient(timeout=TIMEOUT_SECONDS)
    if http.session is not None:
        http.session.trust_env = False
    client = Client(settings.account_sid, settings.auth_token, http_client=http)
    client.api.base_url = settings.api_base
    return client


def failure(error: TwilioException | RequestException) -> SendFailed:
    """What an error of the library means for the message. Its own text may hold an address: only codes are kept."""
    if not isinstance(error, TwilioRestException):
        return PassingFailure(f"Twilio not reached: {type(error).__name__}")
    named = f"Twilio answered {error.status}, code {error.code}"
    if error.code in _GONE:
        return AddressGone(named)
    if error.status in (401, 403, 408, 429) or error.status >= 500:
        # A wrong token is our own mistake, which somebody will put right: the message waits for that.
        return PassingFailure(named)
    return MessageRefused(named)
