"""What stands before the desk's pages: nothing that a cookie authorises is done for a page of another site, and the
live connection of a page is opened only for the session that opened the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from claims import logins
from claims.database import unit_of_work
from desk.sessions import own_origin, token_of
from desk.wording import say
from lipei.settings import Settings

LIVE = "/_nicegui_ws/"
OF_A_PAGE = "/_nicegui/client/"  # files that are sent to a page
STAFF_API = "/api/"  # authorised by a bearer token, which no other site can send
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Gate:
    """ASGI middleware. page_owner: the session's token a page was opened with, by the page's client id."""

    def __init__(self, app: ASGIApp, settings: Settings, page_owner: Callable[[str], str | None]) -> None:
        self.app, self.settings, self.page_owner = app, settings, page_owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(STAFF_API):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"].startswith(LIVE):
            # Long polling would be a second way in; every browser we support has WebSockets.
            let_in = (
                scope["type"] == "websocket"
                and own_origin(headers)
                and await self._owns(HTTPConnection(scope), _named(scope))
            )
        elif scope["type"] == "websocket":
            let_in = False
        elif scope["path"].startswith(OF_A_PAGE):
            client = scope["path"].removeprefix(OF_A_PAGE).partition("/")[0]
            let_in = own_origin(headers) and await self._owns(HTTPConnection(scope), client)
        else:
            let_in = scope["method"] not in CHANGES or own_origin(headers)
        if let_in:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(say("refusals.foreign"), 403)(scope, receive, send)

    async def _owns(self, connection: HTTPConnection, client: str) -> bool:
        token = token_of(connection)
        return token is not None and self.page_owner(client) == token and await asyncio.to_thread(self._live, token)

    def _live(self, token: str) -> bool:
        with unit_of_work(self.settings.database_url, read_only=True) as unit:
            return logins.account_of(unit.session, token) is not None


def _named(scope: Scope) -> str:
    """The page that a live connection says it is of."""
    return next(iter(parse_qs(scope["query_string"].decode("latin-1")).get("client_id", [])), "")
