"""What every channel speaks: one message type inward, one outward, and errors that say what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from claims.vocabulary import InboundKind as Kind

__all__ = [
    "AddressGone",
    "Attached",
    "DeliveryReport",
    "Forged",
    "Inbound",
    "Kind",
    "Malformed",
    "MessageRefused",
    "Outbound",
    "PassingFailure",
    "PermanentFailure",
    "Place",
    "SendFailed",
    "Sends",
    "Stale",
    "Window",
]


class SendFailed(Exception):
    """A message could not be handed to the provider, or a file not fetched. The text is logged: no personal data."""


class PassingFailure(SendFailed):
    """Worth another try, not before `retry_after` seconds have passed (None: the usual back-off)."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentFailure(SendFailed):
    """No later try will help. Raise one of the two below where it is known which."""


class AddressGone(PermanentFailure):
    """Nothing that is sent to this address arrives: wrong number, blocked, unsubscribed. It is switched off."""


class MessageRefused(PermanentFailure):
    """This message is refused (its content, its template); another one may pass."""


class Forged(Exception):
    """A request that does not come from the provider: refused (403) before it is read."""


class Stale(Forged):
    """A request that was signed too long ago: refused alike."""


class Malformed(Exception):
    """A verified request that cannot be read: refused (400). The text is logged: no part of the request in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where, in degrees (WGS 84 or what the provider gives), with the names that the provider gave it."""

    latitude: float
    longitude: float
    label: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file: its bytes when they came with the request, otherwise a reference for the channel's own `fetch`."""

    data: bytes | None = None
    reference: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of a customer, whatever the channel.

    address: who, as the channel names them (phone, openid, chat id), and where an answer goes. provider_id: unique
    within the channel, the same at every resend. said_at: when the customer said it (aware). What each kind needs:

    TEXT text · PAYLOAD token (of a button we gave out) · ATTACHMENT attached · LOCATION place · VOICE text (what the
    provider heard; empty: nothing was) and attached (the recording, kept for people to listen to) · EDITED text and
    edits (the provider_id of the message it replaces) · CONTACT text (the phone number) · EVENT event (an intent that
    opens something: "greet", "report_claim", …; "leave": the customer went away, nothing is answered) and text (its
    title, for the transcript) · UNKNOWN nothing.
    """

    channel: str
    address: str
    provider_id: str
    kind: Kind
    said_at: datetime
    text: str = ""
    token: str = ""
    attached: Attached | None = None
    place: Place | None = None
    edits: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a provider says of a message it took, by the id that `send` returned. error: kind, no personal data."""

    provider_id: str
    delivered: bool
    error: str = ""
    address_gone: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """What providers with a budget count: the customer's last message, its kind, and what was pushed since.

    last_at is None where the customer has never written; spoke_at: the last message that was more than an event (a tap
    on the menu), which may be last_at. pushed_at: one moment for each message pushed since the earlier of the two,
    oldest first, parts of a split one each.
    """

    last_at: datetime | None = None
    last_kind: Kind | None = None
    spoke_at: datetime | None = None
    pushed_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a customer. Buttons are (title, opaque token); dedupe_key is the same at every try.

    purpose: "reply", "agent", "system" in a conversation, otherwise the notice's ("one_time_code", "progress", …).
    awaiting: what it asks for. script: "hans" or "hant", of text that a channel adds.
    """

    address: str
    text: str
    purpose: str
    dedupe_key: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    awaiting: str | None = None
    script: str = "hans"
    window: Window = field(default_factory=Window)


class Sends(Protocol):
    """The outward half of a channel. May carry `limits` (channels.rendering.Limits): the base splits and renders; and
    `beyond_window`: False while it reaches only customers who wrote lately."""

    async def send(self, message: Outbound) -> str | None:
        """Hand one message to the provider; its id if there is one. Raises PassingFailure or PermanentFailure.

        The same dedupe_key may come again when it is not known whether the provider took it.
        """
