"""What was sent to customers, and what they asked people for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from claims import clock, masking, normalise, outbox, requests
from claims.models import OutboxItem
from claims.vocabulary import OutboxState, RequestState
from desk.access import Desk, OutboxDesk, TalksDesk
from desk.problems import Refused
from desk.views import Json, moment

router = APIRouter(prefix="/api/staff", tags=["notices"])

SEARCHED = 2000
"""Addresses are encrypted, so a phone is looked for among this many of the newest notices."""

ONE_TIME_CODE = "one_time_code"
Plain = r"^[^\x00]*$"


@router.get("/outbox", summary="发出的消息")
def list_outbox(
    desk: OutboxDesk,
    phone: Annotated[str | None, Query(max_length=40, pattern=Plain)] = None,
    purpose: Annotated[str | None, Query(max_length=40, pattern=Plain)] = None,
    after: Annotated[str | None, Query(max_length=64, description="id 或 ISO 8601 时间：只要之后的")] = None,
    state: OutboxState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Json]:
    """Newest first. The text of a one-time code is shown in demo mode only; addresses as the role may see them."""
    items = outbox.listing(desk.session, limit=SEARCHED, state=state)
    if phone is not None:
        wanted = normalise.phone(phone)
        items = [item for item in items if normalise.phone(item.address) == wanted]
    if purpose is not None:
        items = [item for item in items if item.purpose == purpose]
    items = _after(items, after)[:limit]
    desk.note("outbox_listed", "outbox", {"count": len(items)})
    return [_item(desk, item) for item in items]


@router.get("/requests", summary="客户提出、需要人办的事")
def list_requests(
    desk: TalksDesk,
    kind: Annotated[str | None, Query(max_length=40, pattern=Plain)] = None,
    state: RequestState | None = None,
) -> list[Json]:
    """Service requests, oldest first; kind: message, inspection, contact, renewal, address_off, …"""
    found = requests.listing(desk.session, kind=kind, state=state)
    desk.note("requests_listed", "requests", {"count": len(found)})
    return [
        {
            "id": request.id,
            "kind": request.kind,
            "conversation_id": request.conversation_id,
            "claim_id": request.claim_id,
            "customer_id": request.customer_id,
            "text": request.text,
            "state": request.state.value,
            "created_at": moment(request.created_at),
            "done_at": moment(request.done_at),
        }
        for request in found
    ]


def _after(items: list[OutboxItem], after: str | None) -> list[OutboxItem]:
    """Those stored after an item of this id, or after a moment (a time without a zone is Shanghai's)."""
    if not after:
        return items
    place = next((place for place, item in enumerate(items) if item.id == after), None)
    if place is not None:
        return items[:place]
    try:
        # A plus sign in an address line arrives as a space.
        since = datetime.fromisoformat(after.strip().replace(" 0", "+0"))
    except ValueError:
        raise Refused(422, "bad_request") from None
    since = since if since.tzinfo else since.replace(tzinfo=clock.SHANGHAI)
    return [item for item in items if item.created_at > since]


def _item(desk: Desk, item: OutboxItem) -> Json:
    text = desk.text(item.text)
    if item.purpose == ONE_TIME_CODE:
        text = item.text if desk.demo else masking.text(item.text)
    return {
        "id": item.id,
        "channel": item.channel,
        "to": desk.address(item.address),
        "purpose": item.purpose,
        "text": text,
        "state": item.state.value,
        "attempts": item.attempts,
        "error": item.error,
        "created_at": moment(item.created_at),
        "sent_at": moment(item.sent_at),
    }
