"""The Bot API over HTTP: the methods that our channel calls, refused as Telegram refuses them."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.telegram.chats import Chats, Json

LONGEST_TEXT, LONGEST_CALLBACK, LARGEST_FILE = 4096, 64, 20_000_000


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next call of `method`.

    status: answered instead of doing it (429 with retry_after). hang: seconds until the answer, with the call done
    all the same, so that a client that gives up does not know.
    """

    method: str
    status: int = 0
    retry_after: int = 0
    hang: float = 0


class Refused(Exception):
    """An error of the Bot API."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


class TelegramServer:
    """One bot. `faults` are used up in order, each by the next call of its method; `calls` names what was called."""

    def __init__(self, token: str, *, takes_http: bool = True) -> None:
        self.token, self.chats = token, Chats()
        self.faults: deque[Fault] = deque()
        self.calls: list[str] = []
        self.webhook: Json = {"url": ""}
        self.commands: list[Json] = []
        self.waiting: list[Json] = []
        self._takes_http = takes_http  # as a Bot API server of one's own does with --local
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file),
        ]
        self.app = Starlette(routes=routes)

    async def _call(self, request: Request) -> Response:
        method, values = request.path_params["method"], _values(await request.body())
        self.calls.append(method)
        if request.path_params["token"] != self.token:
            return _refusal(401, "Unauthorized")
        fault = next((each for each in self.faults if each.method == method), None)
        if fault is not None:
            self.faults.remove(fault)
            if fault.status:
                wait = {"parameters": {"retry_after": fault.retry_after}} if fault.retry_after else {}
                return _refusal(fault.status, "Too Many Requests" if fault.status == 429 else "Internal", **wait)
        try:
            result = await getattr(self, f"_{method}", self._unknown)(values)
        except Refused as refused:
            return _refusal(refused.status, refused.description, **refused.parameters)
        if fault is not None:
            await asyncio.sleep(fault.hang)
        return JSONResponse({"ok": True, "result": result})

    async def _file(self, request: Request) -> Response:
        known = request.path_params["token"] == self.token
        data = self.chats.files.get(request.path_params["path"].rsplit("/", 1)[-1]) if known else None
        return Response(data) if data is not None else _refusal(404, "Not Found")

    async def _unknown(self, values: Json) -> Any:
        raise Refused(404, "Not Found")

    async def _getMe(self, values: Json) -> Json:
        return {"id": int(self.token.split(":")[0]), "is_bot": True, "first_name": "理赔助手", "username": "lipei_bot"}

    async def _sendMessage(self, values: Json) -> Json:
        chat_id, text = int(values["chat_id"]), str(values.get("text", ""))
        if chat_id in self.chats.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat_id not in self.chats.known:
            raise Refused(400, "Bad Request: chat not found")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            raise Refused(400, "Bad Request: message is too long")
        markup = values.get("reply_markup") or {}
        keys = [button["callback_data"] for row in markup.get("inline_keyboard", []) for button in row]
        if any(not 1 <= len(key.encode()) <= LONGEST_CALLBACK for key in keys):
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        kind = "private" if chat_id > 0 else "supergroup"
        message = self.chats.message({"id": chat_id, "type": kind}, text=text, **_with("reply_markup", markup))
        self.chats.sent.append(message)
        return message

    async def _answerCallbackQuery(self, values: Json) -> bool:
        self.chats.answered_callbacks.append(values["callback_query_id"])
        return True

    async def _getFile(self, values: Json) -> Json:
        data = self.chats.files.get(values["file_id"])
        if data is None:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(data) > LARGEST_FILE:
            raise Refused(400, "Bad Request: file is too big")
        file_id = values["file_id"]
        return {
            "file_id": file_id,
            "file_unique_id": file_id[-8:],
            "file_size": len(data),
            "file_path": f"photos/{file_id}",
        }

    async def _setWebhook(self, values: Json) -> bool:
        if not values["url"].startswith("https://") and not self._takes_http:
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = {"has_custom_certificate": False, **values}
        return True

    async def _deleteWebhook(self, values: Json) -> bool:
        self.webhook = {"url": ""}
        return True

    async def _getWebhookInfo(self, values: Json) -> Json:
        shown = {key: value for key, value in self.webhook.items() if key != "secret_token"}
        return {"has_custom_certificate": False, "pending_update_count": len(self.waiting), **shown}

    async def _setMyCommands(self, values: Json) -> bool:
        self.commands = values["commands"]
        return True

    async def _getUpdates(self, values: Json) -> list[Json]:
        if self.webhook["url"]:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(values.get("offset", 0))
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        end = asyncio.get_running_loop().time() + float(values.get("timeout", 0))
        # Filled by the threads of customers, which an event of this loop does not reach.
        while not self.waiting and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return self.waiting[:100]


def _values(body: bytes) -> Json:
    """Parameters as a form, each value JSON where it is no plain string; or all as one JSON object."""
    if body.startswith(b"{"):
        return dict(json.loads(body))
    return {name: _value(name, text) for name, text in parse_qsl(body.decode(), keep_blank_values=True)}


def _value(name: str, text: str) -> Any:
    return json.loads(text) if name in {"reply_markup", "commands", "allowed_updates"} else text


def _with(name: str, value: Any) -> Json:
    return {name: value} if value else {}


def _refusal(status: int, description: str, **more: Any) -> JSONResponse:
    return JSONResponse({"ok": False, "error_code": status, "description": description, **more}, status)
