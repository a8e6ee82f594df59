"""What time brings to hand-overs, looked for again and again: waits that grow long, sides that fall silent."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from channels.gateway.database import Database
from claims.handover import waiting

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5.0


class Handovers:
    """Sees to each hand-over in a transaction of its own; several gateways may do so side by side."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.see_to_all()

    async def see_to_all(self) -> int:
        """Look once; for how many something was done."""
        done = 0
        try:
            for each in await self._database.read(waiting.due):
                done += await self._database.run(waiting.see_to, each) is not None
        except SQLAlchemyError as error:
            logger.error("database failed while hand-overs were due: %s", type(error).__name__)
        return done
