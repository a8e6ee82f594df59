"""Storing what comes in goes before working on it: a provider waits for the one, and sends again what takes long."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType

FEW = 6
"""So many messages on their way into the database at once are a gateway that keeps up."""
LONGEST_SECONDS = 0.2
"""No work waits longer than this, however much comes in: a flood slows answers down, it stops none."""


async def at_once() -> None:
    """Giving way to nobody."""


class Precedence:
    """Used from the event loop. `with precedence:` while a message is being stored; `await precedence.give_way()`
    before a piece of work that nobody outside waits for at this moment."""

    def __init__(self) -> None:
        self._taking = 0
        self._few = asyncio.Event()
        self._few.set()

    def __enter__(self) -> None:
        self._taking += 1
        if self._taking > FEW:
            self._few.clear()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._taking -= 1
        if self._taking <= FEW:
            self._few.set()

    async def give_way(self) -> None:
        """Return at once, or when few messages are being stored, or after LONGEST_SECONDS."""
        if not self._few.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._few.wait(), LONGEST_SECONDS)
