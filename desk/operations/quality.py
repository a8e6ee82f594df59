"""Judging conversations: a sample drawn at random, a sheet for each, and what was judged so far."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from claims import accounts, clock, quality
from claims.errors import BadInput, NotFound
from claims.models import Conversation, Handover
from claims.staff import Right
from desk.access import Desk
from desk.bubbles import thread
from desk.door import operation
from desk.problems import Refused
from desk.shown import when
from desk.wording import named


@operation(Right.SUPERVISE)
def draw_sample(desk: Desk, days: int = 7, count: int = 5) -> list[dict[str, Any]]:
    """Conversations of the last days that nobody has judged."""
    found = quality.sample(desk.session, clock.now() - timedelta(days=min(max(days, 1), 90)), min(count, 20))
    desk.note("quality_sampled", "handovers", {"handovers": [each.id for each in found]})
    return [_line(desk, each) for each in found]


@operation(Right.SUPERVISE)
def read_sampled(desk: Desk, handover_id: str) -> dict[str, Any]:
    """The thread of one of them."""
    handover = desk.session.get(Handover, handover_id)
    if handover is None:
        raise NotFound("no such conversation")
    desk.note("conversation_read", f"conversation:{handover.conversation_id}", {"for": "quality"})
    conversation = desk.session.get_one(Conversation, handover.conversation_id)
    return {**_line(desk, handover), "summary": handover.summary, "thread": thread(desk.session, conversation)}


@operation(Right.SUPERVISE)
def judge_talk(desk: Desk, handover_id: str, scores: dict[str, int], comment: str = "") -> int:
    """Keep a sheet; the total out of 100."""
    try:
        return quality.review(desk.session, handover_id, desk.account, scores, comment).total
    except BadInput:
        raise Refused(422, "scores_needed") from None


@operation(Right.SUPERVISE, reads=True)
def list_reviews(desk: Desk) -> list[dict[str, Any]]:
    """The newest sheets."""
    names = accounts.names(desk.session)
    return [
        {
            "at": when(sheet.created_at),
            "agent": names.get(handover.owner_id or "", ""),
            "reviewer": names.get(sheet.reviewer_id, ""),
            "total": sheet.total,
            "comment": sheet.comment,
        }
        for sheet, handover in quality.reviews(desk.session)
    ]


def _line(desk: Desk, handover: Handover) -> dict[str, Any]:
    names = accounts.names(desk.session)
    return {
        "id": handover.id,
        "agent": names.get(handover.owner_id or "", ""),
        "ended": when(handover.ended_at),
        "reason": named("reasons", handover.reason.value),
        "wrap_up": named("wrap_ups", handover.wrap_up.value) if handover.wrap_up else "",
        "note": handover.wrap_up_note or "",
    }
