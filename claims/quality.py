"""Supervisors sample conversations that agents had, and judge them by a sheet of weighted criteria."""

from __future__ import annotations

import random
from datetime import datetime
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from claims import audit
from claims.errors import BadInput, NotFound
from claims.models import Handover, QualityReview, StaffAccount
from claims.rules.loading import DATA, Rule, read_rules


class Criterion(Rule):
    key: str
    name: str
    weight: int = Field(gt=0)
    hint: str


class Sheet(Rule):
    """Weights add up to 100; each criterion is given 0 to `points`."""

    version: str
    points: int = Field(gt=0)
    criteria: tuple[Criterion, ...]

    @model_validator(mode="after")
    def _whole(self) -> Sheet:
        if sum(criterion.weight for criterion in self.criteria) != 100:
            raise ValueError("the weights must add up to 100")
        return self


@cache
def _read(directory: Path) -> Sheet:
    return read_rules(directory / "quality.yml", Sheet)


def sheet() -> Sheet:
    """The score sheet."""
    return _read(DATA)


def total(scores: dict[str, int]) -> int:
    """Out of 100. BadInput when a criterion is missing, unknown, or has impossible points."""
    rules = sheet()
    if set(scores) != {criterion.key for criterion in rules.criteria}:
        raise BadInput("every criterion is given points, and no other")
    if not all(isinstance(points, int) and 0 <= points <= rules.points for points in scores.values()):
        raise BadInput(f"points are 0 to {rules.points}")
    weighted = sum(scores[criterion.key] * criterion.weight for criterion in rules.criteria)
    return round(weighted / rules.points)


def sample(session: Session, since: datetime, count: int, owner_id: str | None = None) -> list[Handover]:
    """Conversations that an agent had and that ended after `since`, drawn at random from those nobody has judged."""
    judged = exists().where(QualityReview.handover_id == Handover.id)
    query = select(Handover).where(Handover.ended_at >= since, Handover.owner_id.is_not(None), ~judged)
    if owner_id is not None:
        query = query.where(Handover.owner_id == owner_id)
    found = list(session.scalars(query.order_by(Handover.ended_at.desc()).limit(500)))
    return random.sample(found, min(count, len(found)))


def review(
    session: Session, handover_id: str, reviewer: StaffAccount, scores: dict[str, int], comment: str = ""
) -> QualityReview:
    """Judge a conversation; judging it again replaces one's own earlier sheet. NotFound for one that no agent had."""
    handover = session.get(Handover, handover_id)
    if handover is None or handover.owner_id is None or handover.ended_at is None:
        raise NotFound("no such conversation to judge")
    if handover.owner_id == reviewer.id:
        raise BadInput("nobody judges their own conversations")
    points = total(scores)
    mine = session.scalar(
        select(QualityReview).where(QualityReview.handover_id == handover_id, QualityReview.reviewer_id == reviewer.id)
    )
    if mine is None:
        mine = QualityReview(handover_id=handover_id, reviewer_id=reviewer.id, scores=scores, total=points)
        session.add(mine)
    mine.scores, mine.total, mine.comment = dict(scores), points, comment.strip()[:2000]
    session.flush()
    audit.record(session, reviewer.login, "quality_reviewed", f"handover:{handover_id}", {"total": points})
    return mine


def reviews(session: Session, limit: int = 100) -> list[tuple[QualityReview, Handover]]:
    """The newest sheets with what they are about."""
    query = select(QualityReview, Handover).join(Handover, Handover.id == QualityReview.handover_id)
    rows = session.execute(query.order_by(QualityReview.created_at.desc()).limit(limit))
    return [(sheet_, handover) for sheet_, handover in rows]
