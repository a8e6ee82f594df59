"""Security headers of every answer, and the content policy of the pages."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def page_policy(frame_ancestors: list[str] | None = None, connect: list[str] | None = None) -> str:
    """The Content-Security-Policy of our own pages: all from here, nothing inline, framed by known sites only."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "manifest-src 'self'",
            " ".join(["connect-src 'self'", *(connect or [])]),
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            " ".join(["frame-ancestors 'self'", *(frame_ancestors or [])]),
        )
    )


# A document shown by the browser for an attachment or a JSON answer may run and load nothing at all.
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"


class SecurityHeaders:
    """ASGI middleware: sets what an answer does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
                headers.setdefault("Content-Security-Policy", NOTHING)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)
