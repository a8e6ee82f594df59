"""Reads JSON lines {"text", "now", "awaiting"?} on standard input and writes what the trained model makes of each.

For measuring: `python -m bot.parse MODEL` runs the whole understanding graph, without dialogue, channel or actions.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, Dict

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage


async def _parse(agent: Agent, row: Dict[str, Any]) -> Dict[str, Any]:
    metadata = {"now": row["now"], "awaiting": row.get("awaiting")}
    parsed = await agent.processor.parse_message(
        UserMessage(row["text"], metadata=metadata), only_output_properties=True
    )
    return {"intent": parsed["intent"]["name"], "entities": parsed["entities"]}


async def _run(model: str) -> int:
    agent = Agent.load(model)
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            answer = await _parse(agent, json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            sys.stderr.write(f"line {number}: needs text and now (ISO 8601 with a zone): {error!r}\n")
            return 2
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(_run(sys.argv[1])))
