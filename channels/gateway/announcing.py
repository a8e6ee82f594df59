"""Says in the database which channels this gateway sends on, so that what is planned takes one that works."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from channels.base import Sends
from channels.gateway.database import Database
from claims import channel_states

logger = logging.getLogger(__name__)


async def announce(database: Database, senders: dict[str, Sends]) -> None:
    """At once and from then on, until cancelled."""
    channels = {name: bool(getattr(sender, "beyond_window", True)) for name, sender in senders.items()}
    while True:
        try:
            await database.run(channel_states.say, channels)
        except SQLAlchemyError as error:
            logger.error("channels not announced: %s", type(error).__name__)
        await asyncio.sleep(channel_states.SAID_EVERY.total_seconds())
