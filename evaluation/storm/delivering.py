"""The provider's side of the webhook: deliveries, each again until it is acknowledged."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable, Iterator
from itertools import cycle

import aiohttp

from channels.telegram.setup import PATH
from channels.telegram.verify import HEADER
from evaluation.storm.messages import Said

AT_ONCE = 32
CALL_SECONDS = 15.0
PAUSES = (0.05, 0.4)
KEEPALIVE_SECONDS = 3.0
"""Shorter than uvicorn's five, so that nothing is sent on a connection that is being closed."""


class Deliveries:
    """To several gateways by turns; made while the loop runs.

    seconds: how long each acknowledged request took; failed: those that were not.
    """

    def __init__(self, gateways: list[str], secret_token: str) -> None:
        self._gateways: Iterator[str] = cycle(gateways)
        # aiohttp: this side shares the two cores with what it measures, and takes a fifth of what httpx takes.
        self._http = aiohttp.ClientSession(
            headers={HEADER: secret_token},
            timeout=aiohttp.ClientTimeout(total=CALL_SECONDS),
            connector=aiohttp.TCPConnector(limit=256, keepalive_timeout=KEEPALIVE_SECONDS),
        )
        self._acknowledged: dict[Said, asyncio.Event] = {}
        self._progress = asyncio.Condition()
        self.seconds: list[float] = []
        self.failed = 0

    async def all(self, planned: Iterable[Said], own: dict[int, list[Said]]) -> None:
        """Some at a time, in this order; a customer's next message sets out when the one before is acknowledged."""
        self._acknowledged = {said: asyncio.Event() for messages in own.values() for said in messages}
        left = iter(planned)

        async def deliver() -> None:
            for said in left:
                if said.place:
                    await self._acknowledged[own[said.chat_id][said.place - 1]].wait()
                while not await self.once(said):  # noqa: ASYNC110 - a provider tries again, it waits for no event
                    await asyncio.sleep(random.uniform(*PAUSES))
                self._acknowledged[said].set()
                async with self._progress:
                    self._progress.notify_all()

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(deliver())

    async def until(self, acknowledged: int) -> None:
        """Wait until so many requests were acknowledged."""
        async with self._progress:
            await self._progress.wait_for(lambda: len(self.seconds) >= acknowledged)

    async def once(self, said: Said) -> bool:
        """One request; whether it was acknowledged."""
        started = time.monotonic()
        try:
            async with self._http.post(f"{next(self._gateways)}{PATH}", json=said.update) as response:
                await response.read()
        except (aiohttp.ClientError, TimeoutError):
            self.failed += 1
            return False
        if not response.ok:
            self.failed += 1
            return False
        self.seconds.append(time.monotonic() - started)
        return True

    async def close(self) -> None:
        await self._http.close()
