"""Service-level clocks for staff: what ends when, what was warned of, and telling a customer of a delay."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from claims import casework, clock, clocks
from claims.clocks import Clock, Standing
from claims.errors import NotFound
from claims.lifecycle import STATE_NAMES
from claims.models import StaffAlert
from desk.access import ClaimsDesk, MaterialsDesk
from desk.views import Json, moment

router = APIRouter(prefix="/api/staff/clocks", tags=["clocks"])

Key = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]
Number = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,20}$")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]


class DelayBody(BaseModel):
    """reason is what the customer reads; until is ISO 8601, a time without a zone is Shanghai's."""

    model_config = ConfigDict(extra="ignore")
    reason: Annotated[str, Field(min_length=4, max_length=200, pattern=r"^[^\x00]*$")]
    until: datetime


@router.get("", summary="进行中的时限")
def list_clocks(
    desk: ClaimsDesk,
    standing: Standing | None = None,
    claim_no: Annotated[str | None, Query(max_length=20, pattern=r"^[A-Za-z0-9]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[Json]:
    """Every clock that runs, the one that ends first, first; standing: running, warning or breached."""
    now = clock.now()
    claim = casework.find_claim(desk.session, claim_no) if claim_no else None
    if claim_no and claim is None:
        raise NotFound(f"no claim {claim_no}")
    found = clocks.running(desk.session, claim)
    shown = [each for each in found if standing is None or each.standing(now) is standing][:limit]
    desk.note("clocks_listed", "clocks", {"count": len(shown)})
    return [_clock(each, now) for each in shown]


@router.get("/alerts", summary="时限预警和超期")
def list_alerts(
    desk: ClaimsDesk, unseen: bool = False, limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> list[Json]:
    """Newest first; unseen: only those that nobody has taken note of."""
    found = clocks.listing(desk.session, unseen=unseen, limit=limit)
    desk.note("alerts_listed", "clocks", {"count": len(found)})
    return [_alert(each) for each in found]


@router.post("/alerts/{alert_id}/seen", summary="已知悉")
def see_alert(desk: ClaimsDesk, alert_id: Id) -> Json:
    """Take note of an alert; the first one who does counts."""
    return _alert(clocks.see(desk.session, alert_id, desk.actor))


@router.post("/{claim_no}/{key}/delay", summary="告知客户延期")
def tell_delay(desk: MaterialsDesk, claim_no: Number, key: Key, body: DelayBody) -> Json:
    """Move a promise of ours, and tell the customer the reason and the new time. Limits of the law stay."""
    claim = casework.find_claim(desk.session, claim_no)
    if claim is None:
        raise NotFound(f"no claim {claim_no}")
    until = body.until if body.until.tzinfo else body.until.replace(tzinfo=clock.SHANGHAI)
    clocks.tell(desk.session, claim, key, reason=body.reason, until=until, actor=desk.actor)
    moved = next(each for each in clocks.running(desk.session, claim) if each.rule.key == key)
    return _clock(moved, clock.now())


def _clock(each: Clock, now: datetime) -> Json:
    return {
        "claim_no": each.claim.number,
        "state": each.claim.state.value,
        "state_name": STATE_NAMES[each.claim.state],
        "clock": each.rule.key,
        "name": each.rule.name,
        "standing": each.standing(now).value,
        "started_at": moment(each.started_at),
        "warn_at": moment(each.warn_at),
        "due": moment(each.due),
        "first_due": moment(each.first_due),
        "minutes_left": int((each.due - now).total_seconds() // 60),
        "movable": each.rule.delay is not None,
        "delays": [
            {"promised": moment(d.promised), "until": moment(d.until), "reason": d.reason, "by": d.actor}
            for d in each.delays
        ],
    }


def _alert(alert: StaffAlert) -> Json:
    return {
        "id": alert.id,
        "kind": alert.kind.value,
        "claim_no": alert.claim.number,
        "clock": alert.clock,
        "text": clocks.text_of(alert),
        "due": moment(alert.due_at),
        "created_at": moment(alert.created_at),
        "seen_at": moment(alert.seen_at),
        "seen_by": alert.seen_by,
    }
