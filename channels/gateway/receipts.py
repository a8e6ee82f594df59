"""Receipts for messages that came through a provider: found in the database, so that a killed gateway owes none."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from channels.gateway import turns
from channels.gateway.database import Database

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.25


class Receipts:
    """Gives each customer whose message has waited for almost `seconds` a receipt, once for each outage."""

    def __init__(self, database: Database, seconds: float) -> None:
        self._database = database
        self._after = timedelta(seconds=max(0.0, seconds - LOOK_SECONDS))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                owed = await self._database.read(turns.receipts_owed, self._after)
                await asyncio.gather(*(self._database.run_first(turns.answer_or_receipt, each) for each in owed))
            except SQLAlchemyError as error:
                logger.error("database failed while receipts were due: %s", type(error).__name__)
