"""Campaigns of education for staff: drafted, looked at, approved by another person, stopped."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from claims import campaigns
from claims.models import Campaign
from claims.staff import Right
from claims.vocabulary import Line
from desk.access import Desk, desk_with
from desk.views import Json, moment

router = APIRouter(prefix="/api/staff/campaigns", tags=["campaigns"])

DraftDesk = Annotated[Desk, Depends(desk_with(Right.DRAFT_CAMPAIGNS), scope="function")]
ApproveDesk = Annotated[Desk, Depends(desk_with(Right.APPROVE_CAMPAIGNS), scope="function")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
Word = Annotated[str, Field(max_length=40, pattern=r"^[^\x00{}]*$")]


class DraftBody(BaseModel):
    """cities: none means the whole country. lines, most: of the template unless given. details: values of the text."""

    model_config = ConfigDict(extra="ignore")
    template: Word
    cities: Annotated[list[Word], Field(max_length=50)] = []
    lines: list[Line] = []
    details: dict[Word, Word] = {}
    most: Annotated[int | None, Field(gt=0)] = None


@router.get("/templates", summary="宣教模板")
def list_templates(desk: DraftDesk) -> list[Json]:
    """What can be sent, to whom, and which values it needs."""
    return [
        {
            "key": key,
            "name": each.name,
            "lines": list(each.lines),
            "needs": each.needs,
            "days": each.days,
            "most": each.most,
        }
        for key, each in campaigns.templates().items()
    ]


@router.get("", summary="宣教活动")
def list_campaigns(desk: DraftDesk) -> list[Json]:
    """Newest first."""
    return [_campaign(each) for each in campaigns.listing(desk.session)]


@router.post("", summary="起草")
def draft(desk: DraftDesk, body: DraftBody) -> Json:
    """A new campaign, which nobody hears of yet, with what approving it would do."""
    made = campaigns.draft(
        desk.session,
        body.template,
        cities=body.cities,
        lines=body.lines,
        details=body.details,
        most=body.most,
        actor=desk.actor,
    )
    return _campaign(made) | _preview(desk, made)


@router.get("/{campaign_id}/preview", summary="预览")
def preview(desk: DraftDesk, campaign_id: Id) -> Json:
    """Whom it concerns, and what they would read. Nobody is named."""
    found = campaigns.get(desk.session, campaign_id)
    return _campaign(found) | _preview(desk, found)


@router.post("/{campaign_id}/approve", summary="批准发送")
def approve(desk: ApproveDesk, campaign_id: Id) -> Json:
    """From now on it is sent. Not by its author."""
    found = campaigns.get(desk.session, campaign_id)
    campaigns.approve(desk.session, found, desk.actor)
    return _campaign(found)


@router.post("/{campaign_id}/stop", summary="停止")
def stop(desk: ApproveDesk, campaign_id: Id) -> Json:
    """Whoever was not reached yet is not."""
    found = campaigns.get(desk.session, campaign_id)
    campaigns.stop(desk.session, found, desk.actor)
    return _campaign(found)


def _campaign(each: Campaign) -> Json:
    return {
        "id": each.id,
        "template": each.template,
        "name": campaigns.templates()[each.template].name,
        "cities": each.cities,
        "lines": each.lines,
        "details": each.details,
        "most": each.most,
        "state": each.state.value,
        "created_by": each.created_by,
        "approved_by": each.approved_by,
        "approved_at": moment(each.approved_at),
        "ends_at": moment(each.ends_at),
    }


def _preview(desk: Desk, campaign: Campaign) -> Json:
    seen = campaigns.preview(desk.session, campaign)
    return {
        "preview": {
            "concerned": seen.concerned,
            "reached": seen.reached,
            "opted_out": seen.opted_out,
            "by_city": seen.by_city,
            "by_line": seen.by_line,
            "chat": seen.chat,
            "sms": seen.sms,
            "sms_segments": seen.sms_segments,
        }
    }
