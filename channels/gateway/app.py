"""The gateway's web application: every channel of the registry around one gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.responses import HTMLResponse, JSONResponse, Response

from channels import registry
from channels.gateway import links, problems, webhooks
from channels.gateway.announcing import announce
from channels.gateway.fetching import Fetcher
from channels.gateway.gateway import RECEIPT_SECONDS, Gateway
from channels.gateway.handovers import Handovers
from channels.outbox import OutboxSender
from channels.serving import docs_page
from channels.serving.headers import SecurityHeaders, page_policy
from claims import attachments, outbox
from lipei.settings import Settings, get_settings

DESCRIPTION = "客户端网页聊天接口。先打开一个会话得到 token，再用它说话、上传、取回记录、接收推送。"


def create_app(settings: Settings | None = None, receipt_seconds: float = RECEIPT_SECONDS) -> FastAPI:
    """The app; its lifespan runs the dispatcher and the outbox sender. The database must be up to date."""
    settings = settings or get_settings()
    called = registry.webhooks(settings)
    senders = registry.senders(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        gateway = app.state.gateway = Gateway(settings, receipt_seconds)
        async with gateway.running():
            sender = OutboxSender(gateway.database, senders, gateway.precedence.give_way)
            fetcher = Fetcher(gateway.database, settings.attachments_dir, called)
            gateway.database.watch(outbox.STORED, sender.wake)
            gateway.database.watch(attachments.FETCHED, fetcher.wake)
            working = [
                asyncio.create_task(sender.run()),
                asyncio.create_task(fetcher.run(gateway.dispatcher.notify)),
                asyncio.create_task(Handovers(gateway.database).run()),
                asyncio.create_task(announce(gateway.database, senders)),
            ]
            yield
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    app = FastAPI(
        title="Lipei 网页聊天接口",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    _add_health(app)
    _add_docs(app)
    app.include_router(links.router)
    for module in registry.modules().values():
        if hasattr(module, "mount"):
            module.mount(app, settings)
    for webhook in called:
        webhooks.add(app, webhook)
    app.add_middleware(SecurityHeaders)
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", tags=["health"], summary="进程在运行")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"], summary="数据库和对话引擎可用")
    async def readyz() -> Response:
        """200 when a message would be answered now, otherwise 503; says which part is missing."""
        parts = await app.state.gateway.ready()
        ready = all(parts.values())
        body = {"status": "ready" if ready else "not ready", **{n: "ok" if up else "down" for n, up in parts.items()}}
        return JSONResponse(body, 200 if ready else 503)


def _add_docs(app: FastAPI) -> None:
    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        html = docs_page.render(app.openapi(), "/openapi.json", "/docs.css")
        return HTMLResponse(html, headers={"Content-Security-Policy": page_policy()})

    @app.get("/docs.css", include_in_schema=False)
    async def style() -> Response:
        return Response(docs_page.STYLE, media_type="text/css")
