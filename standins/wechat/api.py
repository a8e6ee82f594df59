"""WeChat's API for Official Accounts, as far as the product calls it, for one account."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.wechat.account import Account

Call = Callable[[dict[str, Any], Request], Response]
TEXT_BYTES = 2_048


def app(account: Account) -> Starlette:
    """The API at /cgi-bin/…"""
    calls = _Calls(account)
    routes = [
        Route("/cgi-bin/token", calls.token),
        Route("/cgi-bin/message/custom/send", calls.with_token("custom", calls.custom), methods=["POST"]),
        Route("/cgi-bin/message/template/send", calls.with_token("template", calls.template), methods=["POST"]),
        Route("/cgi-bin/media/get", calls.with_token("media", calls.media)),
        Route("/cgi-bin/menu/create", calls.with_token("menu", calls.menu), methods=["POST"]),
    ]
    return Starlette(routes=routes)


def _error(code: int, **more: object) -> Response:
    # WeChat answers 200 with text/plain whatever happens.
    return Response(json.dumps({"errcode": code, "errmsg": "ok" if code == 0 else f"error {code}", **more}))


class _Calls:
    def __init__(self, account: Account) -> None:
        self._account = account

    async def token(self, request: Request) -> Response:
        """GET ?grant_type=client_credential&appid=…&secret=…"""
        self._account.calls.append(("token", {}))
        if (fault := await self._fault()) is not None:
            return fault
        query = request.query_params
        if query.get("appid") != self._account.appid:
            return _error(40013)
        if query.get("secret") != self._account.appsecret:
            return _error(40125)
        return JSONResponse({"access_token": self._account.new_token(), "expires_in": 7200})

    def with_token(self, name: str, call: Call) -> Callable[[Request], Awaitable[Response]]:
        """The call behind the check of the access token."""

        async def endpoint(request: Request) -> Response:
            raw = await request.body()
            body = json.loads(raw) if raw else {}
            self._account.calls.append((name, body))
            if (fault := await self._fault()) is not None:
                return fault
            if (code := self._account.token_error(request.query_params.get("access_token", ""))) is not None:
                return _error(code)
            return call(body, request)

        return endpoint

    async def _fault(self) -> Response | None:
        await asyncio.sleep(self._account.delay)
        fault = self._account.faults.pop(0) if self._account.faults else None
        if fault is None:
            return None
        if 200 <= fault < 600:
            return Response("<html>busy</html>", fault, {"Retry-After": "1"} if fault == 429 else {})
        return _error(fault)

    def custom(self, body: dict[str, Any], request: Request) -> Response:
        openid, text = body["touser"], body["text"]["content"]
        if self._account.gone:
            return _error(43004)
        if not text:
            return _error(44004)
        if len(text.encode()) > TEXT_BYTES:
            return _error(45002)
        if (code := self._account.service_error(openid)) is not None:
            return _error(code)
        self._account.received.append((openid, text))
        return _error(0)

    def template(self, body: dict[str, Any], request: Request) -> Response:
        if self._account.gone:
            return _error(43004)
        for name, value in body["data"].items():
            if name.startswith("thing") and len(value["value"]) > 20:
                return _error(47003)
        if self._account.template_is_new(body["touser"], body.get("client_msg_id", "")):
            text = "\n".join(value["value"] for value in body["data"].values())
            self._account.received.append((body["touser"], text))
            self._account.template_texts.append(text)
        return _error(0, msgid=200_000_000 + len(self._account.template_texts))

    def media(self, body: dict[str, Any], request: Request) -> Response:
        found = self._account.media.get(request.query_params.get("media_id", ""))
        return _error(40007) if found is None else Response(found[0], media_type=found[1])

    def menu(self, body: dict[str, Any], request: Request) -> Response:
        self._account.menu = body
        return _error(0)
