"""Renewals for staff: who wants the next term, at which price, who sees to it, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from claims import insight, logins, renewals
from claims.insight import Month
from claims.models import Renewal, StaffAccount
from claims.staff import Right
from claims.vocabulary import RenewalState
from desk.access import Desk, desk_with
from desk.views import Json, moment, yuan

router = APIRouter(prefix="/api/staff/renewals", tags=["renewals"])

RenewalsDesk = Annotated[Desk, Depends(desk_with(Right.SEE_TO_RENEWALS), scope="function")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
Login = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_.-]+$")]


class AssignBody(BaseModel):
    model_config = ConfigDict(extra="ignore")
    login: Login


class OutcomeBody(BaseModel):
    """new_policy_no is needed when it was renewed."""

    model_config = ConfigDict(extra="ignore")
    state: Literal["renewed", "declined"]
    new_policy_no: Annotated[str | None, Field(max_length=32, pattern=r"^[A-Za-z0-9-]*$")] = None
    note: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""


@router.get("", summary="续保任务")
def list_renewals(
    desk: RenewalsDesk,
    state: RenewalState | None = None,
    owner: Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z0-9_.-]+$")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[Json]:
    """What is promised first comes first. state=asked are the tasks; owner: a login."""
    owner_id = logins.find(desk.session, owner).id if owner else None
    found = renewals.listing(desk.session, state=state, owner_id=owner_id, limit=limit)
    desk.note("renewals_listed", "renewals", {"count": len(found)})
    return [_renewal(desk, each) for each in found]


@router.get("/rate", summary="续保率")
def renewal_rate(desk: RenewalsDesk, month: Annotated[str, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]) -> Json:
    """Of the policies that ended in the month, those that go on."""
    share = insight.renewed(desk.session, Month.parse(month))
    percent = float(share.percent) if share.percent is not None else None
    return {"month": month, "renewed": len(share.part), "ended": len(share.whole), "percent": percent}


@router.get("/{renewal_id}", summary="一项续保")
def get_renewal(desk: RenewalsDesk, renewal_id: Id) -> Json:
    """With what the customer confirmed and the price as shown."""
    renewal = renewals.get(desk.session, renewal_id)
    desk.note("renewal_read", f"renewal:{renewal.id}")
    return _renewal(desk, renewal)


@router.post("/{renewal_id}/assign", summary="分派")
def assign(desk: RenewalsDesk, renewal_id: Id, body: AssignBody) -> Json:
    """Give it to somebody else."""
    renewal = renewals.get(desk.session, renewal_id)
    renewals.assign(desk.session, renewal, body.login, desk.actor)
    return _renewal(desk, renewal)


@router.post("/{renewal_id}/outcome", summary="登记结果")
def settle(desk: RenewalsDesk, renewal_id: Id, body: OutcomeBody) -> Json:
    """Renewed, or not after all. The same again changes nothing."""
    renewal = renewals.get(desk.session, renewal_id)
    renewals.settle(
        desk.session,
        renewal,
        RenewalState(body.state),
        actor=desk.actor,
        note=body.note,
        new_policy_no=body.new_policy_no,
    )
    return _renewal(desk, renewal)


def _renewal(desk: Desk, renewal: Renewal) -> Json:
    owner = desk.session.get(StaffAccount, renewal.owner_id) if renewal.owner_id else None
    policy = renewal.policy
    return {
        "id": renewal.id,
        "state": renewal.state.value,
        "policy_no": policy.number,
        "line": policy.line.value,
        "ends_on": renewal.ends_on.isoformat(),
        "customer": policy.customer.name,
        "phone": desk.address(policy.customer.phone),
        "checked": renewal.checked,
        "price": yuan(renewal.price),
        "parts": renewal.parts,
        "asked_at": moment(renewal.asked_at),
        "owner": owner.login if owner is not None else None,
        "owner_name": owner.name if owner is not None else None,
        "due_at": moment(renewal.due_at),
        "done_at": moment(renewal.done_at),
        "new_policy_no": renewal.new_policy_no,
        "note": renewal.note,
        "conversation_id": renewal.conversation_id,
    }
