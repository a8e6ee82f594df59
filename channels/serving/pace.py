"""How fast: one after the other, not more than so many a second."""

from __future__ import annotations

import asyncio
import time


class Pace:
    """`turn` returns when it is one's turn. per_second None: at once."""

    def __init__(self, per_second: float | None) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next free place."""
        now = time.monotonic()
        place = max(now, self._next)
        self._next = place + self._gap
        if place > now:
            await asyncio.sleep(place - now)
