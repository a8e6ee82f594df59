"""The Telegram stand-in, which also notes when and by which life of a gateway it was given each message."""

from __future__ import annotations

import asyncio
import random
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from standins.telegram.chats import Json
from standins.telegram.server import TelegramServer

SLOWEST_SECONDS = 0.03
_life: ContextVar[int] = ContextVar("life")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the provider took. life: of the gateway that gave it. at: time.monotonic()."""

    chat_id: int
    text: str
    life: int
    at: float


class Provider:
    """One bot. Each life of a gateway (from its start to its kill) calls at an address of its own, `/life/NUMBER`."""

    def __init__(self, token: str) -> None:
        self.sent: list[Sent] = []
        self.server = _Noting(token, self.sent)
        self.chats = self.server.chats
        self.app = Starlette(routes=[Mount("/life/{life:int}", app=_knowing_the_life(self.server.app))])


class _Noting(TelegramServer):
    def __init__(self, token: str, sent: list[Sent]) -> None:
        super().__init__(token)
        self._noted = sent

    async def _sendMessage(self, values: Json) -> Json:
        message = await super()._sendMessage(values)
        self._noted.append(Sent(message["chat"]["id"], message["text"], _life.get(), time.monotonic()))
        await asyncio.sleep(random.uniform(0, SLOWEST_SECONDS))
        return message


def _knowing_the_life(app: ASGIApp) -> ASGIApp:
    async def known(scope: Scope, receive: Receive, send: Send) -> Any:
        _life.set(scope["path_params"]["life"])
        await app(scope, receive, send)

    return known
