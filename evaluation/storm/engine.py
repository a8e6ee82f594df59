"""A quick engine that echoes, and keeps account of what it was told: one effect for each (conversation, message)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ANSWER = "收到："

Key = tuple[str, str]


def quickly() -> float:
    """5 to 30 ms: as long as a good turn takes."""
    return random.uniform(0.005, 0.03)


class EchoEngine:
    """Speaks the protocol of our engine's input channel.

    effects: (conversation, message_id) → text, in the order in which they were done; a turn that comes again is
    answered the same and does nothing. turns: how often it was asked. side_by_side: texts that came while another
    message of the same conversation was being worked on.
    """

    def __init__(self, token: str, seconds: Callable[[], float] = quickly) -> None:
        self._token, self._seconds = token, seconds
        self.effects: dict[Key, str] = {}
        self.turns = 0
        self.side_by_side: list[str] = []
        self._working: Counter[Key] = Counter()
        self.app = Starlette(
            routes=[
                Route("/webhooks/lipei/message", self._message, methods=["POST"]),
                Route("/webhooks/lipei/health", self._health),
            ]
        )

    async def _message(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return JSONResponse({"error": "wrong token"}, 403)
        turn = await request.json()
        self.turns += 1
        key = (str(turn["conversation"]), str(turn["message_id"]))
        if any(conversation == key[0] and message != key[1] for conversation, message in +self._working):
            self.side_by_side.append(turn["text"])
        self._working[key] += 1
        try:
            await asyncio.sleep(self._seconds())
            text = self.effects.setdefault(key, turn["text"])
        finally:
            self._working[key] -= 1
            if not self._working[key]:
                del self._working[key]
        return JSONResponse({"messages": [{"text": f"{ANSWER}{text}", "buttons": [], "awaiting": None}]})

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})
