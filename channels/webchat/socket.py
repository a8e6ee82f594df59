"""The live connection of the web chat: pushes messages, typing signs and changes of owner; takes messages too."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from channels.gateway import live
from channels.gateway.gateway import Gateway
from channels.gateway.hub import Listener
from channels.gateway.problems import Refused
from channels.gateway.wording import say
from channels.serving.rate_limit import RateLimit
from channels.webchat.bearer import usable
from channels.webchat.schemas import Say
from channels.webchat.settings import JSON_BYTES
from claims.tokens import token_hash

router = APIRouter()

UNKNOWN_TOKEN = 4401
TRY_AGAIN = 1013


@router.websocket("/api/chat/ws")
async def connect(socket: WebSocket, token: str = "", after: str = "") -> None:
    """?token=…&after=ID. Pushes {"type": "message"|"typing"|"mode"|"received"|"error", …}; `after`: what was missed.

    Takes {"type": "message", text | payload | attachment_id, client_id}; anything else is answered by an error, the
    connection stays. Closes with 4401 for an unknown token.
    """
    gateway: Gateway = socket.app.state.gateway
    await socket.accept()
    seen = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    try:
        if not usable(token):
            raise Refused(401, "no_session")
        opened = await gateway.database.read(live.open_up, token, seen)
    except Refused:
        await socket.close(UNKNOWN_TOKEN, "unknown token")
        return
    except SQLAlchemyError:
        await socket.close(TRY_AGAIN, "database down")
        return
    with gateway.listening(opened) as listener:
        listener.put({"type": "mode", "mode": opened.mode.value})
        for message in opened.missed:
            await socket.send_json({"type": "message", "message": message})
        await _both_ways(socket, gateway, listener, token)


async def _both_ways(socket: WebSocket, gateway: Gateway, listener: Listener, token: str) -> None:
    """Push and take until either side ends."""
    tasks = {asyncio.create_task(_push(socket, listener)), asyncio.create_task(_take(socket, gateway, listener, token))}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(RuntimeError, WebSocketDisconnect):
            await socket.close(TRY_AGAIN)


async def _push(socket: WebSocket, listener: Listener) -> None:
    while (event := await listener.queue.get()) is not None:
        await socket.send_text(json.dumps(event, ensure_ascii=False))


async def _take(socket: WebSocket, gateway: Gateway, listener: Listener, token: str) -> None:
    limits: dict[str, RateLimit] = socket.app.state.limits
    with suppress(WebSocketDisconnect):
        while True:
            raw = await socket.receive_text()
            arrived = time.monotonic()
            client_id: Any = None
            try:
                data = _parsed(raw)
                client_id = data.get("client_id")
                if seconds := limits["messages"].wait(token_hash(token)):
                    raise Refused(429, "too_many_messages", seconds=seconds)
                received = await gateway.take_in(token, _say(data).spoken())
            except Refused as refused:
                listener.put(_error(refused.code, client_id, **refused.values))
                continue
            except SQLAlchemyError:
                listener.put(_error("not_stored", client_id))
                continue
            listener.put({"type": "received", "client_id": client_id, "message": received.message})
            if received.waits:
                gateway.answer_later(received, arrived)
            for message in received.replies or []:
                listener.put({"type": "message", "message": message})


def _parsed(raw: str) -> dict[str, Any]:
    """The JSON object of one frame of type "message"; Refused otherwise."""
    if len(raw) > JSON_BYTES:
        raise Refused(413, "too_large")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refused(422, "bad_request") from error
    if not isinstance(data, dict) or data.get("type") != "message":
        raise Refused(422, "bad_request")
    return data


def _say(data: dict[str, Any]) -> Say:
    try:
        return Say.model_validate(data)
    except ValidationError as error:
        raise Refused(422, "bad_request") from error


def _error(code: str, client_id: object, **values: object) -> dict[str, Any]:
    known = client_id if isinstance(client_id, str) and len(client_id) <= 100 else None
    error = {"type": "error", "code": code, "detail": say(code, **values), "client_id": known}
    return {**error, "seconds": values["seconds"]} if "seconds" in values else error
