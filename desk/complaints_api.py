"""Complaints and callbacks for staff, and the figures of the supervisors' board."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from claims import clock, staff
from claims.handover import callbacks, complaints
from claims.handover.figures import figures
from claims.vocabulary import CallbackState, ComplaintState
from desk.access import AssigningDesk, ComplaintsDesk, FiguresDesk, TalksDesk, WritingDesk
from desk.handover_views import callback_json, complaint_json
from desk.problems import Refused
from desk.views import Json

router = APIRouter(prefix="/api/staff", tags=["complaints"])

Id = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
Number = Annotated[str, Path(pattern=r"^[Tt]\d{15}$")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SettleBody(Body):
    state: Literal["done", "not_reached", "cancelled"]
    note: Text = ""


class TextBody(Body):
    """What the customer will read."""

    text: Text


class ToBody(Body):
    to: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]


@router.get("/callbacks", summary="要打的回电")
def list_callbacks(desk: TalksDesk, state: CallbackState | None = CallbackState.OPEN) -> list[Json]:
    """The earliest due first; those without a chosen time before them."""
    found = callbacks.listing(desk.session, state=state)
    desk.note("callbacks_listed", "callbacks", {"count": len(found)})
    return [callback_json(desk, each) for each in found]


@router.post("/callbacks/{booking_id}", summary="登记回电结果")
def settle_callback(desk: WritingDesk, booking_id: Id, body: SettleBody) -> Json:
    """done, not_reached or cancelled."""
    booking = callbacks.get(desk.session, booking_id)
    callbacks.settle(desk.session, booking, desk.account, CallbackState(body.state), body.note)
    return callback_json(desk, booking)


@router.get("/complaints", summary="投诉列表")
def list_complaints(
    desk: ComplaintsDesk, state: ComplaintState | None = None, overdue: bool = False, mine: bool = False
) -> list[Json]:
    """The earliest due first; overdue: unanswered after their date."""
    owner = desk.account.id if mine else None
    found = complaints.listing(desk.session, state=state, overdue=overdue, owner_id=owner)
    desk.note("complaints_listed", "complaints", {"numbers": [each.number for each in found]})
    return [complaint_json(desk, each) for each in found]


@router.get("/complaints/{number}", summary="一件投诉")
def get_complaint(desk: ComplaintsDesk, number: Number) -> Json:
    complaint = complaints.find(desk.session, number)
    desk.note("complaint_read", f"complaint:{complaint.number}")
    return complaint_json(desk, complaint)


@router.post("/complaints/{number}/answer", summary="答复投诉")
def answer_complaint(desk: ComplaintsDesk, number: Number, body: TextBody) -> Json:
    """The customer reads it where they complained, and is asked whether it will do."""
    complaint = complaints.find(desk.session, number)
    complaints.answer(desk.session, complaint, desk.account, body.text)
    return complaint_json(desk, complaint)


@router.post("/complaints/{number}/close", summary="办结投诉")
def close_complaint(desk: ComplaintsDesk, number: Number, body: TextBody) -> Json:
    """How it ended, which the customer reads."""
    complaint = complaints.find(desk.session, number)
    complaints.close(desk.session, complaint, desk.account, body.text)
    return complaint_json(desk, complaint)


@router.post("/complaints/{number}/assign", summary="改派投诉")
def assign_complaint(desk: AssigningDesk, number: Number, body: ToBody) -> Json:
    complaint = complaints.find(desk.session, number)
    complaints.assign(desk.session, complaint, desk.account, staff.find(desk.session, body.to))
    return complaint_json(desk, complaint)


@router.get("/figures", summary="看板数字")
def get_figures(
    desk: FiguresDesk,
    since: Annotated[datetime | None, Query(description="ISO 8601，默认今天 0 点（上海）")] = None,
    until: datetime | None = None,
) -> Json:
    """What waits now, and how it went with what was opened between since and until. Seconds, counts."""
    today = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = _aware(since) if since is not None else today
    end = _aware(until) if until is not None else clock.now() + timedelta(seconds=1)
    if end <= begin:
        raise Refused(422, "bad_request")
    found = figures(desk.session, begin, end)
    desk.note("figures_read", "figures")
    return asdict(found)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=clock.SHANGHAI)
