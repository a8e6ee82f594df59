"""The inward half of a channel that is called by its provider: verify, parse, acknowledge, fetch."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from starlette.responses import Response

from channels.base import DeliveryReport, Forged, Inbound, Outbound, PermanentFailure, Stale
from channels.rendering import Limits

BODY_BYTES = 65_536
OPT_OUT_WORDS = frozenset({"退订", "取消订阅", "stop", "stopall", "unsubscribe", "optout"})
OPT_IN_WORDS = frozenset({"恢复订阅", "重新订阅", "start", "unstop"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a provider, as it reached us.

    url is the public one (LIPEI_PUBLIC_URL, path and query exactly as they came), which is what providers sign;
    header names are in lower case; query holds the last value of each name. arrived: aware UTC. peer: the network
    address of the caller (of the client that a proxy on this machine names), empty when not known.
    """

    method: str
    url: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    arrived: datetime
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that lay with the provider. name: what the customer called it, empty when not known."""

    data: bytes
    name: str = ""
    mime: str = ""


async def _no_database(*_: object) -> Any:
    raise RuntimeError("this delivery was taken without a database")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery: stored, and given to the engine. is_new: by message, False for a resend.

    message_ids: as they are stored. `run(work, *args)` is `work(session, *args)` in one transaction of the gateway's,
    for a channel that decides on its answer by what is stored.

    `answered(carries)` waits for the replies to its first message, at most the channel's answer_seconds from the
    arrival of the request, and hands them over: they are marked as sent, and nobody else sends them. carries: how
    many of these, from the first on, fit into the answer (default: all). [] when they did not come in time, or do not
    fit: they are pushed. Every delivery of the same message gets the same replies.
    """

    is_new: list[bool]
    answered: Callable[..., Awaitable[list[Outbound]]]
    message_ids: list[int] = field(default_factory=list)
    run: Callable[..., Awaitable[Any]] = _no_database


class Webhook:
    """One address at which a provider calls. Subclass it in the channel's folder; settings come by its constructor.

    name: the registry's key, which may name one provider of several ("sms/twilio"). channel: what conversations and
    outbox rows carry ("sms"). pushes: replies leave through the outbox (False: only in the answer, as in a call).
    hears: somebody turns voice into text (False: a customer who speaks is asked to write, not to say it again).
    answer_seconds: how long the answer to a request may wait for the replies (0: it never does). store_seconds: how
    long storing may keep the provider waiting, before it is told to send again (None: as long as it takes).
    """

    name: ClassVar[str]
    channel: ClassVar[str]
    path: ClassVar[str]
    methods: ClassVar[tuple[str, ...]] = ("POST",)
    body_bytes: ClassVar[int] = BODY_BYTES
    limits: ClassVar[Limits] = Limits()
    pushes: ClassVar[bool] = True
    answer_seconds: ClassVar[float] = 0.0
    hears: ClassVar[bool] = True
    store_seconds: float | None = None
    opt_out_words: ClassVar[frozenset[str]] = OPT_OUT_WORDS
    opt_in_words: ClassVar[frozenset[str]] = OPT_IN_WORDS

    async def verify(self, delivery: Delivery) -> None:
        """Raise Forged (or Stale) unless the provider signed this within the age window. Use `same` and `fresh`."""
        raise Forged("this channel verifies nothing")

    def parse(self, delivery: Delivery) -> list[Inbound | DeliveryReport]:
        """What a verified request holds; [] when that is nothing to act on. Pure: no network, no database.

        Raises Malformed. A kind of message that the channel does not read is Kind.UNKNOWN.
        """
        raise NotImplementedError

    async def acknowledge(self, delivery: Delivery, taken: Taken) -> Response:
        """What the provider wants to hear once everything is stored."""
        return Response(status_code=200)

    async def fetch(self, reference: str) -> Fetched:
        """The bytes of a file. Raises PassingFailure or PermanentFailure."""
        raise PermanentFailure("this channel has no files")


def same(given: str | bytes, expected: str | bytes) -> bool:
    """Whether two signatures are equal, in constant time."""
    ours, theirs = (value.encode() if isinstance(value, str) else value for value in (expected, given))
    return hmac.compare_digest(ours, theirs)


def fresh(signed_at: str | float, delivery: Delivery, seconds: float) -> None:
    """Raise Stale when a timestamp (Unix seconds) is further than `seconds` from the arrival, Forged when none."""
    try:
        age = delivery.arrived.timestamp() - float(signed_at)
    except ValueError:
        raise Forged("no timestamp") from None
    if not abs(age) <= seconds:
        raise Stale("signed too long ago")
