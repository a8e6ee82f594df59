"""What every channel is: three verbs (verify, parse, send) and the one message type they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from starlette.requests import Request


class SendFailed(Exception):
    """A message could not be handed to the provider."""


class PassingFailure(SendFailed):
    """Worth another try, not before `retry_after` seconds have passed (None: the usual back-off)."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentFailure(SendFailed):
    """No later try will help: wrong address, opted out, message refused."""


class Forged(Exception):
    """A request that does not come from the provider, or comes too late: refused before it is read."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of a customer, whatever the channel.

    provider_id is unique within the channel, so that a resend is recognised; said_at is when the customer
    said it (aware). kind is "text", "payload" (a button of ours, by its opaque token), "attachment" or "unknown"
    (a kind of message that the channel does not read: it is answered politely).
    """

    channel: str
    address: str
    provider_id: str
    kind: str
    said_at: datetime
    text: str = ""
    token: str = ""
    attachment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a customer. Buttons are (title, opaque token); dedupe_key is the same at every try."""

    address: str
    text: str
    purpose: str
    dedupe_key: str
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Receives(Protocol):
    """The inward half of a channel."""

    async def verify(self, request: Request, body: bytes) -> None:
        """Raise Forged unless the provider signed this request within the age window. Compares in constant time."""

    def parse(self, body: bytes) -> list[Inbound]:
        """The messages in a verified request. Pure: no network, no database."""


class Sends(Protocol):
    """The outward half of a channel."""

    async def send(self, message: Outbound) -> str | None:
        """Hand one message to the provider; its id if there is one. Raises PassingFailure or PermanentFailure."""
