"""What waits in the outbox leaves: taken by one gateway at a time, handed to its channel's sender, marked."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from channels.base import Outbound, PassingFailure, PermanentFailure, Sends
from channels.gateway.database import Database
from claims import clock
from claims.models import OutboxItem
from claims.vocabulary import OutboxState

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
BATCH = 20
LEASE = timedelta(seconds=60)
"""A gateway that dies between sending and marking: after this another one sends again, with the same dedupe key."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Taken:
    """One row that this gateway sends now."""

    id: str
    channel: str
    attempts: int
    message: Outbound


class OutboxSender:
    """Sends what is due, oldest first, for ever. senders: by channel; other channels' rows are left alone."""

    def __init__(self, database: Database, senders: dict[str, Sends], worker: str) -> None:
        self._database, self._senders, self._worker = database, senders, worker

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                sent = await self.send_due()
            except SQLAlchemyError as error:
                logger.error("database failed while looking at the outbox: %s", type(error).__name__)
                sent = 0
            if not sent:
                await asyncio.sleep(IDLE_SECONDS)

    async def send_due(self) -> int:
        """Send one batch; how many rows were taken."""
        channels = list(self._senders)
        if not await self._database.read(_any_due, channels):
            return 0
        taken = await self._database.run(_take, channels)
        for item in taken:
            await self._send(item)
        return len(taken)

    async def _send(self, item: Taken) -> None:
        try:
            await self._senders[item.channel].send(item.message)
        except PermanentFailure as failure:
            await self._database.run(_mark, item.id, OutboxState.FAILED, str(failure))
        except Exception as failure:
            retry_after = failure.retry_after if isinstance(failure, PassingFailure) else None
            logger.warning("outbox message not sent, trying again: %s", failure, extra={"outbox_id": item.id})
            await self._database.run(_postpone, item, retry_after, str(failure))
        else:
            await self._database.run(_mark, item.id, OutboxState.SENT, None)


def _due(channels: list[str]) -> tuple[object, ...]:
    return (
        OutboxItem.state == OutboxState.PENDING,
        OutboxItem.next_try_at <= clock.now(),
        OutboxItem.channel.in_(channels),
    )


def _any_due(session: Session, channels: list[str]) -> bool:
    return session.scalar(select(OutboxItem.id).where(*_due(channels)).limit(1)) is not None


def _take(session: Session, channels: list[str]) -> list[Taken]:
    """Rows that are due, put off for everybody else while we send them (SKIP LOCKED where there is such)."""
    rows = session.scalars(
        select(OutboxItem)
        .where(*_due(channels))
        .order_by(OutboxItem.created_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.attempts += 1
        row.next_try_at = clock.now() + LEASE
    return [
        Taken(row.id, row.channel, row.attempts, Outbound(row.address, row.text, row.purpose, row.dedupe_key))
        for row in rows
    ]


def _mark(session: Session, item_id: str, state: OutboxState, error: str | None) -> None:
    values = {"state": state, "error": error, "sent_at": clock.now() if state is OutboxState.SENT else None}
    session.execute(update(OutboxItem).where(OutboxItem.id == item_id).values(**values))


def _postpone(session: Session, item: Taken, retry_after: float | None, error: str) -> None:
    if item.attempts >= MOST_ATTEMPTS:
        _mark(session, item.id, OutboxState.FAILED, error)
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (item.attempts - 1))
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=retry_after))
    session.execute(
        update(OutboxItem).where(OutboxItem.id == item.id).values(next_try_at=clock.now() + pause, error=error)
    )
