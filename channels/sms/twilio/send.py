"""Text messages to Twilio, and customers' files from it."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
from twilio.base.exceptions import TwilioException

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure, PermanentFailure
from channels.sms.numbers import e164
from channels.sms.segments import LIMITS
from channels.sms.twilio.parse import GONE
from channels.twilio.rest import VENDOR, client, raise_if_passing
from channels.twilio.settings import TwilioSettings
from channels.webhook import Fetched

STATUS_PATH = "/channels/sms/twilio/status"
FULL = frozenset({14107, 20429, 21611, 30001, 30022})  # queues and limits of the number or the account
FULL_SECONDS = 60.0
FETCH_SECONDS = 20.0
MOST_BYTES = 10_000_001
"""One more than what a customer's file may have: the rest need not be read to know that it is too large."""


class TwilioSms:
    """Sends; one for a gateway process. public_url: where Twilio reports what became of a message."""

    limits = LIMITS

    def __init__(self, settings: TwilioSettings, public_url: str) -> None:
        self._client = client(settings)
        self._from = settings.from_number
        self._status_url = f"{public_url}{STATUS_PATH}"

    async def send(self, message: Outbound) -> str | None:
        """The message's SID. Twilio knows no key by which a second try of the same message could be told."""
        try:
            sent = await self._client.messages.create_async(
                to=e164(message.address), from_=self._from, body=message.text, status_callback=self._status_url
            )
        except TwilioException as error:
            raise _failure(error) from error
        return str(sent.sid)


class TwilioFiles:
    """Fetches what customers sent. Twilio keeps it until it is deleted, but we ask at once."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._own = f"/2010-04-01/Accounts/{settings.account_sid}/"
        self._base = settings.api_base
        auth = httpx.BasicAuth(settings.account_sid, settings.auth_token)
        # Twilio redirects to where the file lies; httpx leaves the account's secret behind on the way.
        self._http = httpx.AsyncClient(auth=auth, timeout=FETCH_SECONDS, trust_env=False, follow_redirects=True)

    async def fetch(self, reference: str) -> Fetched:
        """A file of our account, of at most MOST_BYTES. The secret goes to Twilio's server and nowhere else."""
        parts = urlsplit(reference)
        if f"{parts.scheme}://{parts.netloc}" not in (VENDOR, self._base) or not parts.path.startswith(self._own):
            raise PermanentFailure("a file that is not with Twilio")
        try:
            async with self._http.stream("GET", f"{self._base}{parts.path}") as answer:
                raise_if_passing(answer)
                if answer.status_code == httpx.codes.NOT_FOUND:
                    raise PassingFailure("file not there yet")
                if answer.status_code != httpx.codes.OK:
                    raise PermanentFailure(f"file refused: {answer.status_code}")
                data = bytearray()
                async for chunk in answer.aiter_bytes():
                    data += chunk
                    if len(data) >= MOST_BYTES:
                        break
        except httpx.HTTPError as error:
            raise PassingFailure(f"Twilio not reached: {type(error).__name__}") from error
        return Fetched(bytes(data), mime=answer.headers.get("content-type", ""))


def _failure(error: TwilioException) -> Exception:
    """By Twilio's code (https://www.twilio.com/docs/api/errors)."""
    code = int(getattr(error, "code", None) or 0)
    if code in GONE:
        return AddressGone(f"Twilio: {code}")
    if code in FULL:
        return PassingFailure(f"Twilio: {code}", FULL_SECONDS)
    return MessageRefused(f"Twilio: {code}")
