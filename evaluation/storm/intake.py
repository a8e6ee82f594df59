"""How soon a provider is answered at a steady rate of messages while every turn of the engine is slow."""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path
from typing import Any

from evaluation.load import percentile
from evaluation.storm.delivering import Deliveries
from evaluation.storm.engine import EchoEngine
from evaluation.storm.gateways import BOT_TOKEN, ENGINE_TOKEN, SECRET_TOKEN, Gateways
from evaluation.storm.messages import said_by
from evaluation.storm.provider import Provider
from evaluation.storm.serving import serving

CUSTOMERS = 200
PROMISED_SECONDS = 1.0


async def measure(folder: Path, rate: float, seconds: float, engine_delay: float) -> dict[str, Any]:
    """Milliseconds from the request to its answer at the provider's side, on one gateway; what fails is a problem."""
    engine, provider = EchoEngine(ENGINE_TOKEN, lambda: engine_delay), Provider(BOT_TOKEN)
    said = said_by(provider.chats, CUSTOMERS, int(rate * seconds))
    in_turn = sorted((each for own in said.values() for each in own), key=lambda each: (each.place, each.chat_id))
    async with serving(engine.app) as engine_url, serving(provider.app) as provider_url:
        gateways = Gateways(folder, 1, None, engine_url, provider_url)
        sender = Deliveries(gateways.addresses, SECRET_TOKEN)
        try:
            await gateways.start()
            loop = asyncio.get_running_loop()
            begin = loop.time()
            async with asyncio.TaskGroup() as group:
                for number, each in enumerate(in_turn):
                    await asyncio.sleep(max(0.0, begin + number / rate - loop.time()))
                    group.create_task(sender.once(each))
            took = loop.time() - begin
        finally:
            await sender.close()
            gateways.stop()
    times = sender.seconds or [float("inf")]
    p99 = percentile(times, 99)
    problems = [f"99 % are acknowledged within {p99:.2f} s only"] if p99 > PROMISED_SECONDS else []
    if sender.failed:
        problems.append(f"{sender.failed} requests were not acknowledged")
    return {
        "requests": len(in_turn),
        "per_second": round(len(in_turn) / took, 1),
        "engine_delay_s": engine_delay,
        "acknowledged_p50_ms": round(statistics.median(times) * 1000, 1),
        "acknowledged_p95_ms": round(percentile(times, 95) * 1000, 1),
        "acknowledged_p99_ms": round(p99 * 1000, 1),
        "acknowledged_longest_ms": round(max(times) * 1000, 1),
        "problems": problems,
    }
