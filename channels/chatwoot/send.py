"""The application API under the agent bot's token: messages, and whose the conversation is (its status)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure
from channels.chatwoot.settings import ChatwootSettings
from channels.gateway.files import ATTACHMENT_BYTES, NotTaken
from channels.rendering import Limits
from channels.webhook import Fetched
from claims.handover import outside

LIMITS = Limits(size=10_000, buttons=0)
SECONDS = 15.0


class ChatwootClient:
    """One installation, one account, one bot."""

    limits = LIMITS

    def __init__(self, settings: ChatwootSettings) -> None:
        self._base = settings.api_base
        self._http = httpx.AsyncClient(
            base_url=f"{settings.api_base}/api/v1/accounts/{settings.account_id}",
            headers={"api_access_token": settings.bot_token},
            timeout=SECONDS,
            trust_env=settings.api_base.startswith("https://"),
        )

    async def send(self, message: Outbound) -> str | None:
        """A message to the customer; or, by its purpose, what changes hands: the summary as a private note and the
        conversation opened for the agents, or given back to the bot. Raises PassingFailure or PermanentFailure."""
        if message.purpose == outside.HANDED_IN:
            await self._status(message.address, "pending")
            return None
        private = message.purpose == outside.HANDED_OVER
        sent = await self._post(
            f"/conversations/{message.address}/messages",
            {"content": message.text, "message_type": "outgoing", "private": private},
        )
        if private:
            await self._status(message.address, "open")
        return str(sent.get("id")) if sent.get("id") is not None else None

    async def fetch(self, reference: str) -> Fetched:
        """A file of a customer, from the installation itself and nowhere else."""
        if urlsplit(reference)[:2] != urlsplit(self._base)[:2]:
            raise MessageRefused("chatwoot: a file that lies elsewhere")
        try:
            async with self._http.stream("GET", reference, follow_redirects=True) as response:
                if response.status_code >= 500:
                    raise PassingFailure(f"chatwoot: file answered {response.status_code}")
                if response.is_error:
                    raise MessageRefused(f"chatwoot: file answered {response.status_code}")
                data = bytearray()
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > ATTACHMENT_BYTES:
                        raise NotTaken("attachment_too_large", megabytes=ATTACHMENT_BYTES // 1_000_000)
        except httpx.HTTPError as error:
            raise PassingFailure(f"chatwoot: {type(error).__name__}") from error
        return Fetched(bytes(data), urlsplit(reference).path.rsplit("/", 1)[-1])

    async def _status(self, conversation: str, status: str) -> None:
        await self._post(f"/conversations/{conversation}/toggle_status", {"status": status})

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._http.post(path, json=body)
        except httpx.HTTPError as error:
            raise PassingFailure(f"chatwoot: {type(error).__name__}") from error
        if response.status_code == httpx.codes.NOT_FOUND:
            raise AddressGone("chatwoot: no such conversation")
        if (
            response.status_code in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.UNAUTHORIZED)
            or response.is_server_error
        ):
            # A token that was taken away is given back by a person: what waits is not lost meanwhile.
            raise PassingFailure(f"chatwoot answered {response.status_code}")
        if response.is_error:
            raise MessageRefused(f"chatwoot answered {response.status_code}")
        found = response.json() if response.content else {}
        return found if isinstance(found, dict) else {}
