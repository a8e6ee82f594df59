"""The dialogue engine over HTTP: one message in, the bot's replies out. Every failure is one passing error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
HEALTH_SECONDS = 2.0


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
    """A client of the engine's own input channel. One for each gateway process; close it at the end."""

    def __init__(self, url: str, token: str, read_seconds: float = READ_SECONDS) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{url.rstrip('/')}/webhooks/lipei",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
            trust_env=False,
        )

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
            response = await self._client.post("/message", json=body)
        except httpx.HTTPError as error:
            down = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise EngineFailed(f"engine not reached: {type(error).__name__}", unreachable=down) from error
        if response.status_code != httpx.codes.OK:
            by_message = response.status_code == httpx.codes.INTERNAL_SERVER_ERROR
            raise EngineFailed(f"engine answered {response.status_code}", by_message=by_message)
        try:
            answer = _Answer.model_validate_json(response.content)
        except ValidationError as error:
            raise EngineFailed("engine answered with something else than replies") from error
        return [
            Said(said.text, [(button.title, button.payload) for button in said.buttons], said.awaiting)
            for said in answer.messages
        ]

    async def healthy(self) -> bool:
        """Whether the engine answers its health address in time."""
        try:
            response = await self._client.get("/health", timeout=HEALTH_SECONDS)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def close(self) -> None:
        await self._client.aclose()
