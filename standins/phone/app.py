"""The page, its JSON, and the stand-in of Twilio, on one port."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standins.phone.sms import SmsPhones
from standins.twilio.messages import Messages

STATIC = Path(__file__).with_name("static")
POLICY = b"default-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
ASKED_BY_PAGE = "x-phone"
"""A header that only our own page sets: no other site in the same browser can write in a customer's name."""


def create_app(messages: Messages, public_url: str, voice: list[BaseRoute] | None = None) -> Starlette:
    """public_url: Lipei's, which the stand-in signs for. voice: the routes of the calls (/api/voice/…, and what the
    gateway calls at Twilio for them); without any the page shows no tab for calls."""
    phones = SmsPhones(messages, public_url)

    async def abilities(request: Request) -> Response:
        return JSONResponse({"sms": True, "voice": bool(voice)})

    async def page(request: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    return Starlette(
        routes=[
            Route("/", page),
            Route("/healthz", abilities),
            Route("/api/abilities", abilities),
            *phones.routes(),
            *messages.routes(),
            *(voice or []),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"]),
            Middleware(OwnPageOnly),
        ],
    )


class OwnPageOnly:
    """Refuses to change anything under /api/ for other pages, and gives every answer the content policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        changes = scope["method"] not in ("GET", "HEAD") and scope["path"].startswith("/api/")
        if changes and ASKED_BY_PAGE.encode() not in dict(scope["headers"]):
            await JSONResponse({"error": "only the page itself"}, 403)(scope, receive, send)
            return

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(b"content-security-policy", POLICY), (b"cache-control", b"no-store")]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        await self.app(scope, receive, with_policy)
