"""A worker that waits: woken when there is work, looking by itself now and then."""

from __future__ import annotations

import asyncio
from contextlib import suppress

IDLE_SECONDS = 0.5


class Awake:
    """`wake` may be called from any thread once a loop waits; `wait` ends at the call, or after IDLE_SECONDS."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._event = asyncio.Event()
        self._idle = idle_seconds
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """There is work."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._event.set)

    async def wait(self) -> None:
        """Until woken (also by a call since the last wait), or idle for long enough."""
        self._loop = asyncio.get_running_loop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), self._idle)
        self._event.clear()
