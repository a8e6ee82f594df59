"""The storm itself: deliveries, kills, and waiting until nothing is left to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.stack import StackError
from evaluation.storm import books, verdict
from evaluation.storm.delivering import Deliveries
from evaluation.storm.engine import EchoEngine
from evaluation.storm.gateways import BOT_TOKEN, ENGINE_TOKEN, SECRET_TOKEN, Gateways
from evaluation.storm.messages import deliveries, said_by
from evaluation.storm.provider import Provider
from evaluation.storm.serving import serving

LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 120.0
"""Nothing moved for so long: what is missing now is lost."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Storm:
    """kill_every: seconds for which all gateways are up before the next one is killed, until everything is answered.
    kills: so many instead, spread evenly over the deliveries, however fast they are."""

    messages: int = 10_000
    customers: int = 200
    resends: int = 3
    gateways: int = 1
    kill_every: float = 4.0
    kills: int | None = None
    seed: int = 1


async def run(
    storm: Storm, folder: Path, database_url: str | None = None, tell: Tell = lambda _: None
) -> dict[str, Any]:
    """Its figures and, in "problems", what did not hold. Raises StackError when it cannot begin."""
    if database_url is not None and not books.is_empty(database_url):
        raise StackError("the storm wants an empty database of its own")
    engine, provider = EchoEngine(ENGINE_TOKEN), Provider(BOT_TOKEN)
    said = said_by(provider.chats, storm.customers, storm.messages)
    planned = deliveries(said, storm.resends, storm.seed)
    async with serving(engine.app) as engine_url, serving(provider.app) as provider_url:
        gateways = Gateways(folder, storm.gateways, database_url, engine_url, provider_url)
        sender = Deliveries(gateways.addresses, SECRET_TOKEN)
        try:
            await gateways.start()
            started = time.monotonic()
            delivering = asyncio.create_task(sender.all(planned, said))
            killing = asyncio.create_task(_kill_in_turn(gateways, storm, sender, len(planned)))
            await _until_quiet(gateways, delivering, killing, engine, provider, tell)
            took = time.monotonic() - started
            found = books.read(gateways.database_url)
        finally:
            await sender.close()
            gateways.stop()
    killed_at = {life.number: life.killed_at for life in gateways.lives if life.killed_at is not None}
    judged = verdict.judge(said, engine.effects.values(), provider.sent, killed_at, found)
    judged.must(not engine.side_by_side, f"{len(engine.side_by_side)} messages were worked on beside another")
    judged.must(len(sender.seconds) == len(planned), f"{len(planned) - len(sender.seconds)} deliveries never taken")
    return {
        "messages": storm.messages,
        "customers": storm.customers,
        "deliveries": len(sender.seconds),
        "deliveries_failed": sender.failed,
        "gateways": storm.gateways,
        "database": gateways.database_url.partition(":")[0].partition("+")[0],
        "kills": len(killed_at),
        "seconds": round(took, 1),
        "engine_turns": engine.turns,
        "outbox": found.outbox,
        **asdict(judged),
    }


async def _kill_in_turn(gateways: Gateways, storm: Storm, sender: Deliveries, planned: int) -> None:
    kills = 0
    while storm.kills is None or kills < storm.kills:
        if storm.kills is None:
            await asyncio.sleep(storm.kill_every)
        else:
            await sender.until(planned * (kills + 1) // (storm.kills + 1))
        number = kills % storm.gateways
        gateways.kill(number)
        kills += 1
        gateways.launch(number)
        await gateways.ready(number)


async def _until_quiet(
    gateways: Gateways,
    delivering: asyncio.Task[None],
    killing: asyncio.Task[None],
    engine: EchoEngine,
    provider: Provider,
    tell: Tell,
) -> None:
    """Until all is delivered and nothing waits, or nothing moves any more. The last gateways are left alive."""
    state: tuple[int, ...] = ()
    moved = told = time.monotonic()
    while not killing.done() or not killing.exception():
        await asyncio.sleep(LOOK_SECONDS)
        found = await asyncio.to_thread(books.read, gateways.database_url)
        now, before = time.monotonic(), state
        state = (found.inbound, found.waiting, len(engine.effects), len(provider.sent))
        if state != before:
            moved = now
        if now - told > 10:
            told = now
            kills = len(gateways.lives) - len(gateways.addresses)
            tell(f"{found.inbound} stored, {found.waiting} waiting, {len(provider.sent)} sent, {kills} kills")
        if (delivering.done() and not found.waiting) or now - moved > PATIENCE_SECONDS:
            break
    for task in (delivering, killing):
        failed = task.done() and not task.cancelled() and task.exception()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(task, return_exceptions=True)
        if failed:
            raise failed
    await asyncio.sleep(LOOK_SECONDS)
