"""The example channel's provider."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.channels.contract.example.verify import signature
from tests.channels.contract.kit import PUBLIC_URL, ChannelKit, Request

SECRET = "secret-of-the-example-channel"
PATH = "/channels/example?v=2"


class Kit(ChannelKit):
    name = channel = "example"
    address = "customer-1"
    module = "tests.channels.contract.example.setup"

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}

    def environment(self) -> dict[str, str]:
        return {
            "LIPEI_EXAMPLE_SECRET": SECRET,
            "LIPEI_EXAMPLE_ACCOUNT": "acme",
            "LIPEI_EXAMPLE_API_BASE": self.standin_url,
        }

    def standin(self) -> Any:
        routes = [
            Route("/messages", self._messages, methods=["POST"]),
            Route("/files/{reference}", self._file),
        ]
        return Starlette(routes=routes)

    async def _messages(self, request: HttpRequest) -> Response:
        if self.gone:
            return Response(status_code=404)
        if self.outage > 0:
            self.outage -= 1
            return Response(status_code=503)
        body = await request.json()
        self.sent.append((body["to"], body["text"]))
        return JSONResponse({"id": f"sent-{len(self.sent)}"})

    async def _file(self, request: HttpRequest) -> Response:
        if self.outage > 0:
            self.outage -= 1
            return Response(status_code=503)
        data = self.files.get(request.path_params["reference"])
        return Response(data) if data is not None else Response(status_code=404)

    def messages(self, *messages: dict[str, Any], reports: list[dict[str, Any]] | None = None) -> Request:
        """A signed request with these messages; from and at are filled in."""
        filled = [{"from": self.address, "at": time.time(), **message} for message in messages]
        return self._signed(json.dumps({"messages": filled, "reports": reports or []}).encode())

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        message = {"id": provider_id, "type": "text", "text": text, "at": time.time(), "from": address or self.address}
        return self._signed(json.dumps({"messages": [message]}).encode(), age)

    def unknown(self, provider_id: str) -> Request:
        return self.messages({"id": provider_id, "type": "sticker"})

    def forged(self, request: Request) -> list[Request]:
        return [
            replace(request, content=request.content.replace(b"1", b"2")),
            replace(request, headers={**request.headers, "X-Signature": "0" * 64}),
            replace(request, headers={}),
            replace(request, path="/channels/example?v=3"),
        ]

    def stale(self) -> Request | None:
        return self.text("你好", age=3600)

    def malformed(self) -> list[Request]:
        bodies = [b"", b"{", b"[]", b'{"messages": [{"id": 1}]}', b'{"messages": 3}', b"\xff\xfe"]
        return [self._signed(body) for body in bodies]

    def oversized(self) -> Request:
        return self._signed(b" " * 70_000)

    def acknowledged(self, response: httpx.Response) -> bool:
        return response.status_code == 200 and response.json() == {"ok": True}

    def _signed(self, body: bytes, age: float = 0) -> Request:
        at = str(time.time() - age)
        headers = {"X-Timestamp": at, "X-Signature": signature(SECRET, at, PUBLIC_URL + PATH, body)}
        return Request(PATH, body, headers)
