"""The public web chat API."""

from __future__ import annotations

import ipaddress
import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session

from channels.gateway import inbox
from channels.gateway.views import Json
from channels.webchat.bearer import Bearer, gateway_of, limit
from channels.webchat.schemas import Answer, History, Problem, Say, SessionOut, SessionState
from claims import conversations

router = APIRouter(prefix="/api/chat", tags=["chat"])
CHANNEL = "webchat"
_REFUSALS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 413, 422, 429, 503)}
LARGEST_ID = 2**63 - 1


@router.post("/sessions", summary="打开一个会话", response_model=SessionOut, responses=_REFUSALS)
async def open_session(request: Request) -> Json:
    """A new conversation and the bearer token that opens it. The token is shown once."""
    address = request.client.host if request.client else "unknown"
    if not _is_this_machine(address):
        limit(request, "sessions", address)
    return await gateway_of(request).database.run(_open)


@router.get("/session", summary="会话的状态", response_model=SessionState, responses=_REFUSALS)
async def session_state(request: Request, token: Bearer) -> Json:
    """Who answers (bot, queued, agent), and the script the customer writes."""
    return await gateway_of(request).database.read(_state, token)


@router.post(
    "/messages", summary="说一句话", response_model=Answer, response_model_exclude_unset=True, responses=_REFUSALS
)
async def say(request: Request, token: Bearer, body: Say) -> Json:
    """Text, a button or an attachment. Waits for the answer up to 4 s; then gives a receipt, and the answer comes later
    over the socket or GET /api/chat/messages. With the same client_id it may be sent again: it counts once.
    """
    arrived = time.monotonic()
    limit(request, "messages", token)
    gateway = gateway_of(request)
    received = await gateway.take_in(token, body.spoken())
    answered = await gateway.answer(received, arrived)
    return {"messages": answered.messages, "mode": answered.mode.value, "received": received.message}


@router.get(
    "/messages", summary="会话记录", response_model=History, response_model_exclude_unset=True, responses=_REFUSALS
)
async def history(request: Request, token: Bearer, after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0) -> Json:
    """Every message with a higher id than `after`, oldest first, the customer's own too (from: customer)."""
    messages, mode = await gateway_of(request).database.read(inbox.history, token, after)
    return {"messages": messages, "mode": mode.value}


def _open(session: Session) -> Json:
    conversation, token = conversations.open_conversation(session, CHANNEL)
    return {"session_id": conversation.id, "token": token}


def _state(session: Session, token: str) -> Json:
    conversation = inbox.by_token(session, token)
    return {"session_id": conversation.id, "mode": conversation.mode.value, "script": conversation.script}


def _is_this_machine(address: str) -> bool:
    """A client on this machine with no proxy in between: `lipei chat`, a load measurement, a health probe."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
