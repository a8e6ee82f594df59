"""The live connection of pages: an event counts only from the connection of the page it names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from socketio import AsyncServer

NAMING_A_PAGE = ("event", "javascript_response", "ack", "log")


def guard(server: AsyncServer) -> None:
    """Put a check before NiceGUI's handlers of events. Safe to call again."""
    for name in NAMING_A_PAGE:
        handler = server.handlers["/"].get(name)
        if handler is not None and not getattr(handler, "checked", False):
            server.on(name, _checked(server, handler))


def _checked(server: AsyncServer, handler: Callable[..., Any]) -> Callable[..., Awaitable[None]]:
    async def checked(sid: str, message: dict[str, Any]) -> None:
        # A connection is in the room named after its page, and in no other page's.
        if message.get("client_id") in server.rooms(sid):
            outcome = handler(sid, message)
            if isawaitable(outcome):
                await outcome

    checked.checked = True  # type: ignore[attr-defined]
    return checked
