"""Twilio's REST API through the twilio library, over httpx: the event loop is never held up."""

from __future__ import annotations

import logging
from typing import Any

import httpx
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.base import PassingFailure
from channels.twilio.settings import TwilioSettings

VENDOR = "https://api.twilio.com"
SECONDS = 10.0
THROTTLED_SECONDS = 1.0
"""What Twilio asks for when it answers 429 without a Retry-After: one message a second is a number's usual pace."""


def client(settings: TwilioSettings) -> Client:
    """The library's client; use its *_async methods. They raise PassingFailure for what a later try may mend (no
    connection, 429, 5xx, refused credentials), TwilioRestException for the rest."""
    http = AsyncHttp(settings.api_base)
    return Client(settings.account_sid, settings.auth_token, http_client=http)


class AsyncHttp(HttpClient):
    """What the library sends its requests with. base: LIPEI_TWILIO_API_BASE, in place of Twilio's own server."""

    def __init__(self, base: str) -> None:
        super().__init__(logging.getLogger("twilio.http"), True, SECONDS)
        self._base = base
        self._http = httpx.AsyncClient(timeout=SECONDS, trust_env=False)

    async def request(
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's interface
        allow_redirects: bool = False,
    ) -> Response:
        """The library's interface; data is sent as a form."""
        try:
            answer = await self._http.request(
                method,
                uri.replace(VENDOR, self._base, 1),
                params=params,
                data=data,
                headers=headers,
                auth=auth,
                timeout=timeout or SECONDS,
                follow_redirects=allow_redirects,
            )
        except httpx.HTTPError as error:
            raise PassingFailure(f"Twilio not reached: {type(error).__name__}") from error
        raise_if_passing(answer)
        return Response(answer.status_code, answer.text, answer.headers)


def raise_if_passing(answer: httpx.Response) -> None:
    """PassingFailure for an answer after which the same request may work, at the time the answer names."""
    status = answer.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise PassingFailure("Twilio: too many requests", _seconds(answer) or THROTTLED_SECONDS)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise PassingFailure(f"Twilio answered {status}", _seconds(answer))
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        # Our settings or account: nothing is wrong with the message, and it waits until that is mended.
        raise PassingFailure(f"Twilio refused the account: {status}")


def _seconds(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("retry-after", "")
    return float(asked) if asked.isdigit() else None
