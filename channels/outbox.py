"""What waits in the outbox leaves: taken by one gateway at a time, handed to its channel's sender, marked."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from channels.base import Outbound, PassingFailure, PermanentFailure, SendFailed, Sends
from channels.gateway.database import Database
from claims import clock, outbox
from claims.models import OutboxItem
from claims.vocabulary import OutboxState

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5


class OutboxSender:
    """Sends what is due, oldest first, for ever. senders: by channel."""

    def __init__(self, database: Database, senders: dict[str, Sends]) -> None:
        self._database, self._senders = database, senders

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            sent = 0
            try:
                sent = await self.send_due()
            except SQLAlchemyError as error:
                logger.error("database failed while the outbox was worked on: %s", type(error).__name__)
            if not sent:
                await asyncio.sleep(IDLE_SECONDS)

    async def send_due(self) -> int:
        """Send one batch; how many rows were taken."""
        if not await self._database.read(_any_due):
            return 0
        taken = await self._database.run(outbox.pending)
        for item in taken:
            await self._send(item)
        return len(taken)

    async def _send(self, item: OutboxItem) -> None:
        """One row. A crash after the sending and before the mark sends again, with the same dedupe key."""
        sender = self._senders.get(item.channel)
        try:
            if sender is None:
                raise PassingFailure(f"the channel {item.channel} is off")
            await sender.send(Outbound(item.address, item.text, item.purpose, item.dedupe_key))
        except Exception as failure:
            # The message of an error of the provider's library may hold an address: only ours are kept.
            error = str(failure) if isinstance(failure, SendFailed) else type(failure).__name__
            logger.warning("outbox item %s not sent (try %d): %s", item.id, item.attempts, error)
            await self._database.run(_failed, item, failure, error)
        else:
            await self._database.run(outbox.mark_sent, item)


def _any_due(session: Session) -> bool:
    due = select(OutboxItem.id).where(OutboxItem.state == OutboxState.PENDING, OutboxItem.next_try_at <= clock.now())
    return session.scalar(due.limit(1)) is not None


def _failed(session: Session, item: OutboxItem, failure: Exception, error: str) -> None:
    outbox.mark_failed(session, item, error, permanent=isinstance(failure, PermanentFailure))
    if isinstance(failure, PassingFailure) and failure.retry_after is not None:
        stored = session.get_one(OutboxItem, item.id)
        stored.next_try_at = max(stored.next_try_at, clock.now() + timedelta(seconds=failure.retry_after))
