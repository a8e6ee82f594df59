"""The whole desk: the staff API, signing in, and the pages, which NiceGUI serves with all its assets from here."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from nicegui import app as pages_app
from nicegui import core, ui
from nicegui.client import Client
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import desk.pages  # noqa: F401 (importing the package registers the pages)
from channels.serving.body_limit import BodyLimit
from desk import files, problems, report_files, signing, socket
from desk.app import create_app
from desk.gate import Gate
from desk.live import Feed
from desk.sessions import token_of
from desk.wording import say
from lipei.settings import Settings, get_settings

STATIC = "/desk-static"
UPLOAD_BYTES = 11 * 1024 * 1024
FORM_BYTES = 16_384
# NiceGUI compiles templates in the browser and starts itself by a script in the page; beyond that nothing is loaded
# but from here.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def create_web(settings: Settings | None = None) -> FastAPI:
    """The app with everything. One a process: NiceGUI keeps its state in its module."""
    settings = settings or get_settings()
    app = create_app(settings)
    app.router.routes = [route for route in app.router.routes if getattr(route, "path", "") != "/"]
    app.include_router(signing.router)
    app.include_router(files.router)
    app.include_router(report_files.router)
    app.mount(STATIC, StaticFiles(directory=Path(__file__).parent / "static"), name="desk-static")
    pages_app.state.settings = settings
    pages_app.state.feed = Feed(settings)
    _mount(app)
    app.add_middleware(BodyLimit, default=UPLOAD_BYTES, refusal=_too_large, below="/_nicegui/client/")
    app.add_middleware(BodyLimit, default=FORM_BYTES, refusal=_too_large, below="/log")
    app.add_middleware(PagePolicy)
    app.add_middleware(Gate, settings=settings, page_owner=page_owner)
    return app


def page_owner(client_id: str) -> str | None:
    """The session's token with which a page was opened; None when there is no such page."""
    client = Client.instances.get(client_id)
    return token_of(client.request) if client is not None else None


def _mount(app: FastAPI) -> None:
    # A second app in one process (tests) finds NiceGUI started by the first: its middleware is put together anew.
    pages_app.middleware_stack = None
    pages_app.user_middleware.clear()
    pages_app.config.socket_io_js_transports = ["websocket"]
    ui.run_with(
        app,
        title=say("login.product"),
        language="zh-CN",
        favicon=Path(__file__).parent / "static" / "favicon.svg",
        binding_refresh_interval=None,
        reconnect_timeout=15.0,
        tailwind=False,
        show_welcome_message=False,
        gzip_middleware_factory=None,
    )
    pages_app.exception_handlers[404] = _not_found
    socket.guard(core.sio)
    feed: Feed = pages_app.state.feed
    pages_app._startup_handlers[:] = [feed.start]
    pages_app._shutdown_handlers[:] = [feed.stop]


async def _not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse(say("refusals.not_found"), 404)


def _too_large(limit: int, path: str) -> ASGIApp:
    return problems.problem(413, "too_large")


class PagePolicy:
    """ASGI middleware: the content policy of NiceGUI's pages, in the place of the one that allows nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("X-NiceGUI-Content") == "page":
                    headers["Content-Security-Policy"] = POLICY
                    # With no referrer at all, browsers send "Origin: null" with a form, and the gate refuses it.
                    headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, with_policy)
