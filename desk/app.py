"""The desk's web application: the staff API and the page that explains it."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy import text
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from channels.gateway.files import ATTACHMENT_BYTES
from channels.serving import docs_page
from channels.serving.body_limit import BodyLimit
from channels.serving.headers import SecurityHeaders, page_policy
from claims.database import unit_of_work
from desk import (
    campaigns_api,
    claims_api,
    clocks_api,
    complaints_api,
    conversations_api,
    faq_api,
    handover_api,
    notices_api,
    outreach_api,
    problems,
    renewals_api,
    reports_api,
    tickets_api,
)
from lipei.settings import Settings, get_settings

DESCRIPTION = "员工接口。令牌由 lipei staff token 账号名 给出，权限随角色而定；每次查看和每次改动都记入审计。"
BODY_BYTES = 65_536
DOCS = "/api/staff/docs"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app. The database must be up to date."""
    app = FastAPI(
        title="Lipei 员工接口",
        version="1",
        description=DESCRIPTION,
        openapi_url="/api/staff/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings or get_settings()
    problems.install(app)
    for module in (
        campaigns_api,
        claims_api,
        clocks_api,
        complaints_api,
        conversations_api,
        faq_api,
        handover_api,
        notices_api,
        outreach_api,
        renewals_api,
        reports_api,
        tickets_api,
    ):
        app.include_router(module.router)
    _add_pages(app)
    app.add_middleware(
        BodyLimit,
        default=BODY_BYTES,
        refusal=lambda limit, path: problems.problem(413, "too_large"),
        by_ending={"/attachments": ATTACHMENT_BYTES + BODY_BYTES},
    )
    app.add_middleware(SecurityHeaders)
    return app


def _add_pages(app: FastAPI) -> None:
    @app.get("/", include_in_schema=False)
    def index() -> Response:
        return RedirectResponse(DOCS)

    @app.get(DOCS, include_in_schema=False)
    def docs() -> Response:
        html = docs_page.render(app.openapi(), "/api/staff/openapi.json", f"{DOCS}.css")
        return HTMLResponse(html, headers={"Content-Security-Policy": page_policy()})

    @app.get(f"{DOCS}.css", include_in_schema=False)
    def style() -> Response:
        return Response(docs_page.STYLE, media_type="text/css")

    @app.get("/healthz", tags=["health"], summary="进程在运行")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"], summary="数据库可用")
    def readyz() -> Response:
        """200 when the database answers; 503 otherwise."""
        with unit_of_work(app.state.settings.database_url, read_only=True) as unit:
            unit.session.execute(text("SELECT 1"))
        return JSONResponse({"status": "ready", "database": "ok"})
