"""Customers write at a steady rate; how long until it is on the screen of the agent who has the conversation."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import dataclass
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
        took = time.monotonic() - started
        used, queued = ((after - first) / took for after, first in zip(house.cpu_seconds("desk"), before, strict=True))
    finally:
        for page in pages:
            await page.close()
        house.stop()
    return _figures(sent, pages, used, queued)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of a customer: to which conversation, when its request began and how long it took (seconds)."""

    chat: Held
    at: float
    took: float
    taken: bool


async def _customers_write(url: str, held: list[Held], rate: float, seconds: float) -> dict[int, Sent]:
    sent: dict[int, Sent] = {}
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
            sent[number] = Sent(chat, at, time.monotonic() - at, answer.is_success)

        async with asyncio.TaskGroup() as group:
            for number in range(int(rate * seconds)):
                await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
                group.create_task(write(number))
    return sent


def waits(sent: dict[int, Sent], pages: list[Page]) -> tuple[list[float], list[float]]:
    """Seconds until each message was on the agent's screen (inf: never): in the open conversations, and in the list.

    The list shows the newest words of each conversation: there a message counts as shown with the first that is it or
    a later one.
    """
    opened, listed = [], []
    newest: dict[str, float] = {}
    for number in sorted(sent, reverse=True):
        each = sent[number]
        seen = pages[each.chat.agent].seen.get(number, float("inf"))
        chat = each.chat.conversation_id
        if chat == pages[each.chat.agent].conversation_id:
            opened.append(seen - each.at)
        else:
            newest[chat] = min(seen, newest.get(chat, float("inf")))
            listed.append(newest[chat] - each.at)
    return opened, listed


def _figures(sent: dict[int, Sent], pages: list[Page], used: float, queued: float) -> dict[str, Any]:
    opened, listed = waits(sent, pages)
    every = opened + listed or [float("inf")]
    p95 = percentile(every, 95)
    unseen = sum(wait == float("inf") for wait in every)
    problems = []
    if p95 > PROMISED_SECONDS:
        problems.append(f"95 % are on the screen within {p95:.2f} s only")
    if refused := sum(not each.taken for each in sent.values()):
        problems.append(f"{refused} messages were refused")
    if unseen:
        problems.append(f"{unseen} messages were never shown")
    if lost := sum(page.lost for page in pages):
        problems.append(f"{lost} pages lost their connection")
    return {
        "agents": len(pages),
        "messages": len(sent),
        "on_screen_p50_ms": _ms(statistics.median(every)),
        "on_screen_p95_ms": _ms(p95),
        "on_screen_longest_ms": _ms(max(every)),
        "in_open_conversations": len(opened),
        "in_open_conversations_p95_ms": _ms(percentile(opened, 95)) if opened else None,
        "of_it_at_the_gateway_p95_ms": _ms(percentile([each.took for each in sent.values()] or [float("inf")], 95)),
        "desk_cpu_cores": round(used, 2),
        "desk_queued_for_cores": round(queued, 2),
        "kilobytes_to_pages": round(sum(page.bytes for page in pages) / 1000),
        "problems": problems,
    }


def _ms(seconds: float) -> int | None:
    return round(seconds * 1000) if seconds != float("inf") else None
