"""One route for each address at which a provider calls: verified, read, stored, acknowledged, then worked on."""

from __future__ import annotations

import asyncio
import logging
import time

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from channels.base import DeliveryReport, Forged, Inbound, Malformed, Outbound
from channels.gateway.gateway import Gateway
from channels.gateway.intake import Stored
from channels.gateway.replies import Carries, carries_all
from channels.webhook import Delivery, Taken, Webhook
from claims import clock

logger = logging.getLogger(__name__)


def add(app: FastAPI, webhook: Webhook) -> None:
    """Serve this webhook on the gateway's app."""

    async def endpoint(request: Request) -> Response:
        return await _serve(webhook, request)

    # A plain route: there is nothing for FastAPI to validate or to document.
    app.add_route(webhook.path, endpoint, methods=list(webhook.methods), include_in_schema=False)


async def _serve(webhook: Webhook, request: Request) -> Response:
    arrived = time.monotonic()
    gateway: Gateway = request.app.state.gateway
    body = await _body(request, webhook.body_bytes)
    if body is None:
        return _refused(webhook, 413, "larger than this address takes")
    delivery = _delivery(request, body, gateway.settings.public_url)
    try:
        await webhook.verify(delivery)
    except Forged as error:
        return _refused(webhook, 403, f"{type(error).__name__.lower()}: {error}")
    try:
        parsed = webhook.parse(delivery)
    except Malformed as error:
        return _refused(webhook, 400, str(error))
    except Exception as error:
        # A mistake of ours: the provider would send the same again for ever. What it sent stands in no log.
        logger.error("channel %s cannot read a request: %s", webhook.name, type(error).__name__, exc_info=error)
        return _refused(webhook, 400, "not understood")
    storing = asyncio.ensure_future(_store(gateway, webhook, parsed))
    try:
        # What was begun is carried through: the resend finds it stored.
        stored = await asyncio.wait_for(asyncio.shield(storing), webhook.store_seconds)
    except TimeoutError:
        storing.add_done_callback(_late)
        return _refused(webhook, 503, "not stored in time")

    async def answered(carries: Carries = carries_all) -> list[Outbound]:
        return await gateway.answer_within(webhook, stored[0], arrived, carries) if stored else []

    is_new, ids = [each.is_new for each in stored], [each.message_id for each in stored]
    return await webhook.acknowledge(delivery, Taken(is_new, answered, ids, gateway.database.run))


async def _store(gateway: Gateway, webhook: Webhook, parsed: list[Inbound | DeliveryReport]) -> list[Stored]:
    await gateway.take_reports(webhook, [each for each in parsed if isinstance(each, DeliveryReport)])
    return await gateway.take_delivery(webhook, [each for each in parsed if isinstance(each, Inbound)])


def _late(storing: asyncio.Task[list[Stored]]) -> None:
    if not storing.cancelled() and (error := storing.exception()):
        logger.error("a request that took too long was not stored: %s", type(error).__name__)


async def _body(request: Request, most: int) -> bytes | None:
    """The body; None when it is longer than `most` bytes, without reading the rest."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


def _delivery(request: Request, body: bytes, public_url: str) -> Delivery:
    query = request.scope["query_string"].decode("latin-1")
    raw_path = request.scope.get("raw_path") or request.url.path.encode()
    path = raw_path.decode("latin-1").partition("?")[0]
    return Delivery(
        method=request.method,
        url=f"{public_url}{path}{'?' if query else ''}{query}",
        query=dict(request.query_params),
        headers=dict(request.headers),
        body=body,
        arrived=clock.now(),
        peer=request.client.host if request.client else "",
    )


def _refused(webhook: Webhook, status: int, reason: str) -> Response:
    logger.warning("request refused", extra={"channel": webhook.name, "status": status, "reason": reason})
    return Response(status_code=status)
