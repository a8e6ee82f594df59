"""One page of an agent, as the browser holds it: loaded over HTTP, then live over Socket.IO on a WebSocket."""

from __future__ import annotations

import json
import re
import time
import uuid
from typing import Any
from urllib.parse import urlencode

import httpx
import socketio

from desk.sessions import COOKIE
from evaluation.stack import StackError

PAGE_ID = re.compile(r"""['"]client_id['"]: ['"]([0-9a-f-]{36})['"].{0,40}['"]next_message_id['"]: (\d+)""")
MARK = re.compile(r"#(\d+)#")
ACK_EVERY = 20


class PageError(StackError):
    """A page could not be opened or lost its connection."""


class Page:
    """seen: when (time.monotonic()) each numbered message was first on this page."""

    def __init__(self, desk_url: str, token: str, conversation_id: str) -> None:
        self._url, self._path, self.conversation_id = desk_url, f"/talks/{conversation_id}", conversation_id
        self._headers = {"Cookie": f"{COOKIE}={token}", "Origin": desk_url}
        self._socket = socketio.AsyncClient(reconnection=False)
        self._client_id, self._received = "", 0
        self.seen: dict[int, float] = {}
        self.bytes = 0
        self.lost = self._closing = False

    async def open(self) -> None:
        """Load the page, connect, and shake hands as its script does. PageError when that fails."""
        async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
            page = await http.get(self._url + self._path, headers=self._headers)
        found = PAGE_ID.search(page.text)
        if page.status_code != 200 or found is None:
            raise PageError(f"the desk answered {page.status_code} to {self._path}")
        self._client_id = found[1]
        query = {
            "client_id": found[1],
            "next_message_id": found[2],
            "implicit_handshake": "true",
            "document_id": uuid.uuid4(),
            "tab_id": uuid.uuid4(),
        }
        self._socket.on("update", self._updated)
        self._socket.on("*", self._other)
        self._socket.on("disconnect", self._ended)
        await self._socket.connect(
            f"{self._url}/?{urlencode(query)}",
            headers=self._headers,
            transports=["websocket"],
            socketio_path="/_nicegui_ws/socket.io",
        )

    async def close(self) -> None:
        """End the connection. One that had ended by itself before is `lost`."""
        self._closing = True
        await self._socket.disconnect()

    async def _updated(self, data: dict[str, Any]) -> None:
        now = time.monotonic()
        text = json.dumps(data, ensure_ascii=False)
        self.bytes += len(text)
        for number in MARK.findall(text):
            self.seen.setdefault(int(number), now)
        await self._acknowledge(data)

    async def _other(self, event: str, data: Any = None) -> None:
        if isinstance(data, dict):
            await self._acknowledge(data)

    async def _acknowledge(self, data: dict[str, Any]) -> None:
        """As the page's own script: from time to time, so that the server need not keep everything."""
        self._received += 1
        if self._received % ACK_EVERY == 0 and "_id" in data:
            await self._socket.emit("ack", {"client_id": self._client_id, "next_message_id": int(data["_id"]) + 1})

    async def _ended(self, *_: Any) -> None:
        self.lost = self.lost or not self._closing
