"""The dialogue engine over HTTP: one message in, the bot's replies out. Every failure is one passing error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, ValidationError

CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
HEALTH_SECONDS = 2.0
KEEPALIVE_SECONDS = 4.0
"""Shorter than the engine's (Sanic: 5 s), so that no call sets out on a connection that is being closed."""


class EngineFailed(Exception):
    """The engine is down, slow, or answered with something else than replies. Send the same message again later.

    unreachable: no connection was made. by_message: the engine and what it needs were there, and it failed all the
    same, which may be this message's own doing.
    """

    def __init__(self, message: str, *, unreachable: bool = False, by_message: bool = False) -> None:
        super().__init__(message)
        self.unreachable = unreachable
        self.by_message = by_message


@dataclass(frozen=True, slots=True)
class Turn:
    """What the engine is told of one inbound message.

    payload: text is a "/intent{...}" that we gave out with a button; otherwise it is the customer's own words
    and never read as a command. awaiting: what the bot had asked for when the customer said it. now: aware.
    channel: where the customer is; the responses of domain.yml have short variants for some.
    """

    conversation: str
    message_id: str
    text: str
    now: datetime
    awaiting: str | None = None
    payload: bool = False
    channel: str = "webchat"


@dataclass(frozen=True, slots=True)
class Said:
    """One reply of the bot. Buttons are (title, payload)."""

    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    awaiting: str | None = None


class _Button(BaseModel):
    title: str
    payload: str


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore")
    text: str = ""
    buttons: list[_Button] = Field(default_factory=list)
    awaiting: str | None = None


class _Answer(BaseModel):
    messages: list[_Said]


class Engine:
    """A client of the engine's own input channel. One for each gateway process; close it at the end.

    aiohttp, because 64 calls wait at a time for a slow engine: httpx looks at every one of its connections at each
    call, which cost a third of the gateway's main thread.
    """

    def __init__(self, url: str, token: str, read_seconds: float = READ_SECONDS) -> None:
        self._url = f"{url.rstrip('/')}/webhooks/lipei"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=read_seconds)
        self._opened: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        """Opened at the first call: a session belongs to the loop that runs then."""
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                headers=self._headers,
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEPALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._opened

    async def send(self, turn: Turn) -> list[Said]:
        """The bot's replies to one message, in order. Raises EngineFailed."""
        body = {
            "conversation": turn.conversation,
            "message_id": turn.message_id,
            "text": turn.text,
            "now": turn.now.isoformat(),
            "awaiting": turn.awaiting,
            "payload": turn.payload,
            "channel": turn.channel,
        }
        try:
            async with self._session.post(f"{self._url}/message", json=body) as response:
                status, content = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            down = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
            raise EngineFailed(f"engine not reached: {type(error).__name__}", unreachable=down) from error
        if status != HTTPStatus.OK:
            by_message = status == HTTPStatus.INTERNAL_SERVER_ERROR
            raise EngineFailed(f"engine answered {status}", by_message=by_message)
        try:
            answer = _Answer.model_validate_json(content)
        except ValidationError as error:
            raise EngineFailed("engine answered with something else than replies") from error
        return [
            Said(said.text, [(button.title, button.payload) for button in said.buttons], said.awaiting)
            for said in answer.messages
        ]

    async def healthy(self) -> bool:
        """Whether the engine answers its health address in time."""
        soon = aiohttp.ClientTimeout(total=HEALTH_SECONDS)
        try:
            async with self._session.get(f"{self._url}/health", timeout=soon) as response:
                return response.status == HTTPStatus.OK
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.close()
