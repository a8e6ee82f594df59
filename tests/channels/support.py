"""Servers for the tests of the channels: a stand-in engine that can be told how to behave, and the gateway itself."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ENGINE_TOKEN = "engine-token-of-the-tests"
Json = dict[str, Any]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(check: Callable[[], Any], seconds: float = 60.0) -> Any:
    """The first true value of `check`; fails when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := check():
            return value
        time.sleep(0.02)
    raise AssertionError("this did not happen in time")


class _Quick(uvicorn.Server):
    """uvicorn looks ten times a second whether to stop, and waits as long again for its connections: with three servers
    a test, a third of a second for each. This one is woken."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()
        self._asked: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._asked = asyncio.get_running_loop(), asyncio.Event()
        await super().startup(sockets)
        self.up.set()

    def ask_to_stop(self) -> None:
        self.should_exit = True
        if self._loop is not None and self._asked is not None:
            with suppress(RuntimeError):  # it has stopped before
                self._loop.call_soon_threadsafe(self._asked.set)

    async def main_loop(self) -> None:
        assert self._asked is not None
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle(), self.config.timeout_graceful_shutdown)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    async def _idle(self) -> None:
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(0.005)


class Server:
    """An ASGI app behind real HTTP on loopback, in a thread of its own."""

    def __init__(self, app: Any, port: int | None = None) -> None:
        self.port = port or free_port()
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_config=None, timeout_graceful_shutdown=1, ws_max_size=131_072
        )
        self._server = _Quick(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        self._thread.start()
        assert self._server.up.wait(60), "this did not start in time"
        return self

    def stop(self) -> None:
        self._server.ask_to_stop()
        self._thread.join(10)


class FakeEngine:
    """Answers every message with 收到：<text> and two buttons, and writes down what it was sent.

    failing: answers 503; held: keeps every message until `let_go` is called.
    """

    def __init__(self) -> None:
        self.turns: list[Json] = []
        self.failing = False
        self.held = False
        self.at_once = 0
        self.most_at_once: dict[str, int] = {}
        self.working: dict[str, int] = {}
        self.reply: Callable[[Json], list[Json]] = self.usual
        routes = [
            Route("/webhooks/lipei/message", self._message, methods=["POST"]),
            Route("/webhooks/lipei/health", self._health),
        ]
        self.app = Starlette(routes=routes)

    @staticmethod
    def usual(turn: Json) -> list[Json]:
        buttons = [{"title": "确认报案", "payload": "/affirm"}, {"title": "不是", "payload": "/deny"}]
        return [{"text": f"收到：{turn['text']}", "buttons": buttons, "awaiting": "confirm"}]

    @property
    def texts(self) -> list[str]:
        return [turn["text"] for turn in self.turns]

    async def _message(self, request: Request) -> Response:
        assert request.headers["authorization"] == f"Bearer {ENGINE_TOKEN}"
        turn = await request.json()
        self.turns.append(turn)
        conversation = turn["conversation"]
        self.working[conversation] = self.working.get(conversation, 0) + 1
        self.most_at_once[conversation] = max(self.most_at_once.get(conversation, 0), self.working[conversation])
        try:
            while self.held:
                await asyncio.sleep(0.01)
        finally:
            self.working[conversation] -= 1
        if self.failing:
            return JSONResponse({"error": "action server down"}, 503)
        return JSONResponse({"messages": self.reply(turn)})

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"}, 503 if self.failing else 200)


class Customer:
    """One web chat session, over the public API."""

    def __init__(self, url: str) -> None:
        # Longer than any answer or receipt takes, however busy the machine is.
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=60)
        opened = self.http.post("/api/chat/sessions").json()
        self.session_id: str = opened["session_id"]
        self.token: str = opened["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, **body: Any) -> httpx.Response:
        return self.http.post("/api/chat/messages", json=body)

    def say(self, text: str, **more: Any) -> Json:
        response = self.send(text=text, **more)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def history(self, after: int = 0) -> list[Json]:
        return list(self.http.get("/api/chat/messages", params={"after": after}).json()["messages"])

    def upload(self, data: bytes, name: str = "照片.jpg") -> httpx.Response:
        return self.http.post("/api/chat/attachments", files={"file": (name, data, "image/jpeg")})
