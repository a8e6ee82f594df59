"""Customers write at a steady rate; how long until it is on the screen of the agent who has the conversation."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from pathlib import Path
from typing import Any

import httpx

from evaluation.desk.house import Held, House
from evaluation.desk.page import Page
from evaluation.load import percentile

PROMISED_SECONDS = 1.0
OPENED_AT_ONCE = 5
SETTLE_SECONDS = 3.0


async def measure(
    folder: Path, agents: int, open_conversations: int, rate: float, seconds: float, database_url: str | None
) -> dict[str, Any]:
    """Milliseconds from the customer's request to the page's update, with `agents` pages open. What is seen late or
    not at all is a problem."""
    house = House(folder, database_url)
    tokens, held = await asyncio.to_thread(house.fill, agents, open_conversations)
    pages = [Page(house.desk_url, token, held[number].conversation_id) for number, token in enumerate(tokens)]
    try:
        await house.start()
        opening = asyncio.Semaphore(OPENED_AT_ONCE)

        async def opened(page: Page) -> None:
            async with opening:
                await page.open()

        await asyncio.gather(*(opened(page) for page in pages))
        await asyncio.sleep(SETTLE_SECONDS)
        before, started = house.cpu_seconds("desk"), time.monotonic()
        sent = await _customers_write(house.chat_url, held, rate, seconds)
        await asyncio.sleep(SETTLE_SECONDS)
        busy = (house.cpu_seconds("desk") - before) / (time.monotonic() - started)
    finally:
        for page in pages:
            await page.close()
        house.stop()
    return _figures(sent, pages, busy, sum(each is not None for each in sent.values()))


async def _customers_write(
    url: str, held: list[Held], rate: float, seconds: float
) -> dict[int, tuple[int, float] | None]:
    """{number of the message: (agent, when its request began), or None when it was refused}."""
    sent: dict[int, tuple[int, float] | None] = {}
    begin = time.monotonic()
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30, limits=limits) as http:

        async def write(number: int) -> None:
            chat = random.choice(held)
            at = time.monotonic()
            answer = await http.post(
                "/api/chat/messages",
                json={"text": f"请问进度 #{number}#"},
                headers={"Authorization": f"Bearer {chat.token}"},
            )
            sent[number] = (chat.agent, at) if answer.is_success else None

        async with asyncio.TaskGroup() as group:
            for number in range(int(rate * seconds)):
                await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
                group.create_task(write(number))
    return sent


def _figures(sent: dict[int, tuple[int, float] | None], pages: list[Page], busy: float, taken: int) -> dict[str, Any]:
    waits = []
    for number, each in sent.items():
        if each is not None:
            agent, at = each
            waits.append(pages[agent].seen.get(number, float("inf")) - at)
    unseen = sum(wait == float("inf") for wait in waits)
    shown = [wait for wait in waits if wait != float("inf")] or [float("inf")]
    p95 = percentile(waits or [float("inf")], 95)
    problems = []
    if p95 > PROMISED_SECONDS:
        problems.append(f"95 % are on the screen within {p95:.2f} s only")
    if unseen or taken < len(sent):
        problems.append(f"{unseen} messages were never shown, {len(sent) - taken} were refused")
    if lost := sum(page.lost for page in pages):
        problems.append(f"{lost} pages lost their connection")
    return {
        "agents": len(pages),
        "messages": len(sent),
        "on_screen_p50_ms": round(statistics.median(shown) * 1000),
        "on_screen_p95_ms": round(p95 * 1000) if p95 != float("inf") else None,
        "on_screen_longest_ms": round(max(shown) * 1000),
        "never_shown": unseen,
        "desk_cpu_cores": round(busy, 2),
        "kilobytes_to_pages": round(sum(page.bytes for page in pages) / 1000),
        "problems": problems,
    }
