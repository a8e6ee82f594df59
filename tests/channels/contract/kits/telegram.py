"""Telegram's side of the contract: the stand-in of the Bot API, and updates as it delivers them."""

from __future__ import annotations

import json
import time
import zlib
from dataclasses import replace
from typing import Any

import httpx

from channels.telegram.parse import CHANNEL
from channels.telegram.setup import PATH
from channels.telegram.verify import HEADER
from standins.telegram.chats import Json, private_chat, user
from standins.telegram.server import Refused, TelegramServer
from tests.channels.contract.kit import ChannelKit, Request

TOKEN = "123456:" + "A" * 35
SECRET = "secret_token-of-the-tests"
CHAT = 38_001_001


class Kit(ChannelKit):
    name = channel = CHANNEL
    address = str(CHAT)

    def __init__(self) -> None:
        super().__init__()
        self.server = _Server(self)

    def environment(self) -> dict[str, str]:
        return {
            "LIPEI_TELEGRAM_BOT_TOKEN": TOKEN,
            "LIPEI_TELEGRAM_SECRET_TOKEN": SECRET,
            "LIPEI_TELEGRAM_API_BASE": self.standin_url,
        }

    def standin(self) -> Any:
        return self.server.app

    def message(self, number: int, address: str | None = None, **content: Any) -> Request:
        """A request with one message."""
        chat_id = int(address or CHAT)
        said = {
            "message_id": number,
            "date": int(time.time()),
            "chat": private_chat(chat_id, "张伟"),
            "from": user(chat_id, "张伟"),
        }
        return _request({"update_id": 871_000_000 + number, "message": {**said, **content}})

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        return self.message(_number(provider_id), address, text=text)

    def choose(self, number: int, provider_id: str) -> Request:
        message = self.server.chats.sent[-1]
        button = [button for row in message["reply_markup"]["inline_keyboard"] for button in row][number - 1]
        query = {"id": provider_id, "from": user(CHAT, "张伟"), "chat_instance": "1", "message": message}
        return _request({"update_id": 872_000_001, "callback_query": {**query, "data": button["callback_data"]}})

    def unknown(self, provider_id: str) -> Request:
        sticker = {"file_id": "s", "file_unique_id": "s", "width": 512, "height": 512}
        return self.message(
            _number(provider_id), sticker={**sticker, "is_animated": False, "is_video": False, "type": "regular"}
        )

    def forged(self, request: Request) -> list[Request]:
        wrong = [SECRET[:-1], SECRET.upper(), ""]
        return [replace(request, headers={})] + [replace(request, headers={HEADER: each}) for each in wrong]

    def stale(self) -> Request | None:
        return None  # Telegram signs no time

    def malformed(self) -> list[Request]:
        deep = b'{"update_id": 1, "message": ' + b"[" * 100_000
        bodies = [
            b"",
            b"{",
            b"[]",
            b"3",
            b"{}",
            b'{"update_id": "1"}',
            b'{"update_id": 1, "message": 3}',
            b"\xff\xfe",
            deep,
        ]
        told = self.message(1, text="你好")
        strange = [
            json.loads(told.content)["message"] | changed
            for changed in ({"text": 5}, {"date": 1e30}, {"chat": {"id": "x", "type": "private"}}, {"message_id": "1"})
        ]
        updates = [json.dumps({"update_id": 1, "message": each}).encode() for each in strange]
        return [replace(told, content=body) for body in bodies + updates]

    def oversized(self) -> Request:
        return replace(self.text("你好"), content=b" " * 300_000)

    def acknowledged(self, response: httpx.Response) -> bool:
        return response.status_code == 200


class _Server(TelegramServer):
    """The stand-in, failing as the contract test tells its kit to."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(TOKEN)
        self._kit = kit
        self.chats.known.add(CHAT)

    async def _sendMessage(self, values: Json) -> Json:
        if self._kit.gone:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if self._kit.outage > 0:
            self._kit.outage -= 1
            raise Refused(502, "Bad Gateway")
        sent = await super()._sendMessage(values)
        self._kit.sent.append((str(sent["chat"]["id"]), sent["text"]))
        return sent


def _request(update: Json) -> Request:
    return Request(PATH, json.dumps(update).encode(), {HEADER: SECRET, "Content-Type": "application/json"})


def _number(provider_id: str) -> int:
    return int(provider_id) if provider_id.isdigit() else 1_000_000 + zlib.crc32(provider_id.encode()) % 1_000_000
