"""What we say of our own accord, for staff: what is due, what was sent, and why something was not."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from claims import outreach
from claims.models import DueRow
from claims.vocabulary import DueState
from desk.access import OutboxDesk
from desk.views import Json, moment

router = APIRouter(prefix="/api/staff/outreach", tags=["outreach"])

Plain = r"^[^\x00]*$"


@router.get("", summary="主动联系：计划、已发和没发的原因")
def list_due(
    desk: OutboxDesk,
    state: DueState | None = None,
    purpose: Annotated[str | None, Query(max_length=40, pattern=Plain)] = None,
    customer: Annotated[str | None, Query(max_length=36, pattern=Plain)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Json]:
    """Planned last first. `why` is the reason in words."""
    found = outreach.listing(desk.session, state=state, purpose=purpose, customer_id=customer, limit=limit)
    desk.note("outreach_listed", "outreach", {"count": len(found)})
    return [_row(row) for row in found]


@router.get("/{row_id}", summary="一条主动联系")
def get_due(desk: OutboxDesk, row_id: Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]) -> Json:
    """With every message and call there was."""
    row = outreach.get(desk.session, row_id)
    desk.note("outreach_read", f"outreach:{row.id}")
    sent = [
        {"number": touch.number, "channel": touch.channel, "at": moment(touch.at), "outbox_id": touch.outbox_id}
        for touch in outreach.touches_of(desk.session, row)
    ]
    return {**_row(row), "sent": sent}


def _row(row: DueRow) -> Json:
    return {
        "id": row.id,
        "purpose": row.purpose,
        "kind": row.kind.value,
        "subject": row.subject,
        "customer_id": row.customer_id,
        "claim_id": row.claim_id,
        "state": row.state.value,
        "due_at": moment(row.due_at),
        "next_at": moment(row.next_at) if row.state is DueState.WAITING else None,
        "tries": row.tries,
        "reason": row.reason,
        "why": outreach.tell(row),
    }
