"""What waits in the outbox leaves: taken by one gateway at a time, handed to its channel's sender, marked."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from channels.base import MessageRefused, Outbound, PassingFailure, PermanentFailure, SendFailed, Sends
from channels.gateway.database import Database
from channels.gateway.outgoing import to_send
from channels.gateway.precedence import at_once
from channels.gateway.working import Awake
from channels.rendering import Limits, render
from claims import clock, outbox
from claims.models import OutboxItem

logger = logging.getLogger(__name__)

AT_ONCE = 20
SEND_SECONDS = 30.0
"""What hangs for longer is tried again later."""
KEEP_SECONDS = outbox.HOLD.total_seconds() / 4
PATIENCE_SECONDS = 10
"""What a slow pace holds back no longer than this is not taken: another gateway may have room for it."""


@dataclass(frozen=True, slots=True)
class Job:
    """An item that this process took, the parts in which its channel is to send it, and when each has its place (Unix
    time, seconds); no places where the channel keeps no pace."""

    item: OutboxItem
    parts: list[Outbound]
    places: list[float]


class OutboxSender:
    """Sends what is due, for ever: the channels side by side, each address in order. senders: by channel. give_way:
    waited for before more is taken."""

    def __init__(
        self, database: Database, senders: dict[str, Sends], give_way: Callable[[], Awaitable[None]] = at_once
    ) -> None:
        self._give_way = give_way
        self._database, self._senders = database, senders
        self._limits = {name: getattr(sender, "limits", None) or Limits(10_000) for name, sender in senders.items()}
        self._awake = {name: Awake() for name in senders}
        self._under_way: dict[asyncio.Task[None], OutboxItem] = {}

    def wake(self) -> None:
        """Something was stored. May be called from any thread."""
        for awake in self._awake.values():
            awake.wake()

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(self._keep(), *(self._run(channel) for channel in self._senders))

    async def send_due(self) -> int:
        """Send one batch of each channel; how many items were taken."""
        taken = await asyncio.gather(*(self._take(channel, AT_ONCE) for channel in self._senders))
        jobs = [job for batch in taken for job in batch]
        await asyncio.gather(*(self._send(job) for job in jobs))
        return len(jobs)

    async def _run(self, channel: str) -> None:
        """One channel: always as many on their way as its pace allows."""
        per_second, awake = self._limits[channel].per_second, self._awake[channel]
        at_once = AT_ONCE if per_second is None else min(AT_ONCE, math.ceil(per_second * PATIENCE_SECONDS))
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                taken: list[Job] = []
                with suppress(SQLAlchemyError):
                    taken = await self._take(channel, at_once - len(under_way))
                for job in taken:
                    task = asyncio.create_task(self._send(job))
                    under_way.add(task)
                    self._under_way[task] = job.item
                    task.add_done_callback(under_way.discard)
                    task.add_done_callback(self._under_way.pop)
                    task.add_done_callback(lambda _: awake.wake())
                if not taken:
                    await awake.wait()
                while len(under_way) > at_once * 3 // 4:
                    # Several at a time: looking for one costs as much as looking for five.
                    await awake.wait()
        finally:
            for task in under_way:
                task.cancel()

    async def _keep(self) -> None:
        """Hold what is on its way, so that the time after which it is due again can be short."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            held = dict(self._under_way)
            with suppress(SQLAlchemyError):
                lost = await self._database.run_first(outbox.keep, list(held.values())) if held else set()
                for task, item in held.items():
                    if item.id in lost:
                        task.cancel()  # somebody else took it, or it is sent and marked by now

    async def _take(self, channel: str, room: int) -> list[Job]:
        await self._give_way()
        if room <= 0 or not await self._database.read(outbox.any_due, [channel]):
            return []
        counts = bool(getattr(self._senders[channel], "uses_window", False))
        return await self._database.run(_taken, channel, room, self._limits[channel], counts)

    async def _send(self, job: Job) -> None:
        """One item. A crash after the sending and before the mark sends again, with the same dedupe key."""
        item, channel, parts = job.item, job.item.channel, job.parts
        places = iter(job.places)
        try:
            for number in range(item.parts_sent, len(parts)):
                await asyncio.sleep(max(0.0, next(places, 0.0) - clock.now().timestamp()))
                part = _counted(parts[number], number)
                provider_id = await asyncio.wait_for(self._senders[channel].send(part), SEND_SECONDS)
                await self._database.run_now(_sent, item, number, provider_id, number == len(parts) - 1)
        except SQLAlchemyError as failure:
            logger.error("outbox item %s sent but not marked: %s", item.id, type(failure).__name__)
        except Exception as failure:
            # The message of an error of the provider's library may hold an address: only ours are kept.
            error = str(failure) if isinstance(failure, SendFailed) else type(failure).__name__
            logger.warning("outbox item %s not sent (try %d): %s", item.id, item.attempts, error)
            with suppress(SQLAlchemyError):
                await self._database.run(_failed, item, failure, error)


def _counted(part: Outbound, before: int) -> Outbound:
    """The part with those of the same message that are out before it in its window."""
    pushed = part.window.pushed_at + (clock.now(),) * before
    return replace(part, window=replace(part.window, pushed_at=pushed))


def _taken(session: Session, channel: str, room: int, limits: Limits, counts: bool) -> list[Job]:
    items = outbox.pending(session, room, [channel])
    split = [render(to_send(session, item, with_window=counts), limits) for item in items]
    left = [max(0, len(parts) - item.parts_sent) for item, parts in zip(items, split, strict=True)]
    places: list[float] = []
    if limits.per_second is not None and any(left):
        places = outbox.places(session, channel, sum(left), limits.per_second)
    own = iter(places)
    return [Job(item, parts, list(islice(own, count))) for item, parts, count in zip(items, split, left, strict=True)]


def _sent(session: Session, item: OutboxItem, part: int, provider_id: str | None, last: bool) -> None:
    outbox.mark_part(session, item, part, provider_id, last=last)


def _failed(session: Session, item: OutboxItem, failure: Exception, error: str) -> None:
    outbox.mark_failed(
        session,
        item,
        error,
        permanent=isinstance(failure, PermanentFailure),
        address_gone=isinstance(failure, PermanentFailure) and not isinstance(failure, MessageRefused),
        retry_after=failure.retry_after if isinstance(failure, PassingFailure) else None,
    )
