"""The questionnaire on the gateway: GET and POST /s/TOKEN. It needs no secrets; nothing is sent from here."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from channels.serving.body_limit import BodyLimit
from channels.serving.headers import page_policy
from channels.serving.rate_limit import RateLimit
from channels.survey.answering import Filled, show, take
from channels.survey.page import STYLE, message_page, say
from lipei.settings import Settings

PER_MINUTE = 60
FORM_BYTES = 16_384
LONGEST_TOKEN = 64


def state(settings: Settings) -> str:
    """Always on."""
    return "on"


def mount(app: FastAPI, settings: Settings) -> None:
    """Add the pages to the gateway's app."""
    limit = RateLimit(PER_MINUTE)
    app.add_middleware(BodyLimit, default=FORM_BYTES, refusal=_too_large, below="/s/")

    @app.get("/s/style.css", include_in_schema=False)
    async def style() -> Response:
        return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})

    @app.get("/s/{token}", include_in_schema=False)
    async def page(request: Request, token: str, missing: bool = False) -> Response:
        if _too_often(request, limit):
            return _html(message_page(say("busy")), 429)
        status, html = await request.app.state.gateway.database.read(show, token[:LONGEST_TOKEN], missing=missing)
        return _html(html, status)

    @app.post("/s/{token}", include_in_schema=False)
    async def filled(request: Request, token: str) -> Response:
        if _too_often(request, limit):
            return _html(message_page(say("busy")), 429)
        async with request.form(max_files=0, max_fields=8) as form:
            sent = Filled(*(str(form.get(name, "")) for name in ("step", "question", "value", "text")))
        chosen = await request.app.state.gateway.database.run(take, token[:LONGEST_TOKEN], sent)
        # Seen with GET again: a page that is loaded anew sends nothing twice.
        return RedirectResponse(request.url.path if chosen else f"{request.url.path}?missing=1", 303)


def _too_often(request: Request, limit: RateLimit) -> bool:
    return bool(limit.wait(request.client.host if request.client else "unknown"))


def _html(text: str, status: int = 200) -> Response:
    return HTMLResponse(text, status, headers={"Content-Security-Policy": page_policy()})


def _too_large(limit: int, path: str) -> Response:
    return _html(message_page(say("busy")), 413)
