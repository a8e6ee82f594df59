"""Puts the web chat into the gateway's app: API, socket, page, limits, and who may embed it."""

from __future__ import annotations

import mimetypes

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from channels.gateway.problems import problem_response
from channels.serving.body_limit import BodyLimit
from channels.serving.headers import page_policy
from channels.serving.rate_limit import RateLimit
from channels.webchat import api, attachments, socket
from channels.webchat.pages import Files
from channels.webchat.settings import (
    ATTACHMENT_BYTES,
    FORM_OVERHEAD_BYTES,
    JSON_BYTES,
    get_webchat_settings,
)
from lipei.settings import Settings

PREFLIGHT_SECONDS = 600


def state(settings: Settings) -> str:
    """The web chat needs no secrets: it is always on."""
    return "on"


def mount(app: FastAPI, house: Settings) -> None:
    """Add this channel to the gateway's app."""
    settings = get_webchat_settings()
    app.state.limits = {
        "messages": RateLimit(settings.messages_per_minute, settings.messages_burst),
        "attachments": RateLimit(settings.attachments_per_minute),
        "sessions": RateLimit(settings.sessions_per_minute),
    }
    app.include_router(api.router)
    app.include_router(attachments.router)
    app.include_router(socket.router)
    app.add_middleware(
        BodyLimit,
        default=JSON_BYTES,
        refusal=_too_large,
        below="/api/chat/",
        by_path={"/api/chat/attachments": ATTACHMENT_BYTES + FORM_OVERHEAD_BYTES},
    )
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After"],
            max_age=PREFLIGHT_SECONDS,
        )
    live = house.public_url.replace("http", "ws", 1)
    policy = page_policy(settings.allowed_origins, [live])

    files = Files(policy)

    @app.get("/", include_in_schema=False)
    async def index(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)

    @app.get("/widget.js", include_in_schema=False)
    async def widget(request: Request) -> Response:
        return await files.get_response("widget.js", request.scope)

    mimetypes.add_type("application/manifest+json", ".webmanifest")
    app.mount("/static", files, name="static")


def _too_large(limit: int, path: str) -> Response:
    if limit > ATTACHMENT_BYTES:
        return problem_response(413, "attachment_too_large", megabytes=ATTACHMENT_BYTES // 1_000_000)
    return problem_response(413, "too_large")
