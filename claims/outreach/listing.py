"""What is due, for staff."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.errors import BadInput, NotFound
from claims.models import DueRow, Touch
from claims.vocabulary import DueState


def listing(
    session: Session,
    *,
    state: DueState | None = None,
    purpose: str | None = None,
    customer_id: str | None = None,
    claim_id: str | None = None,
    limit: int = 100,
) -> list[DueRow]:
    """Rows, those planned last first."""
    query = select(DueRow).order_by(DueRow.created_at.desc(), DueRow.id).limit(limit)
    for column, value in (
        (DueRow.state, state),
        (DueRow.purpose, purpose),
        (DueRow.customer_id, customer_id),
        (DueRow.claim_id, claim_id),
    ):
        if value is not None:
            query = query.where(column == value)
    return list(session.scalars(query))


def get(session: Session, row_id: str) -> DueRow:
    """A row by its id, or the beginning of it. NotFound when none, BadInput when several begin so."""
    prefix = row_id.replace("%", "").replace("_", "")
    found = list(session.scalars(select(DueRow).where(DueRow.id.startswith(prefix)).limit(2)))
    if not prefix or not found:
        raise NotFound("no such due row")
    if len(found) > 1:
        raise BadInput("several due rows begin with this id: give more of it")
    return found[0]


def touches_of(session: Session, row: DueRow) -> list[Touch]:
    """What was sent for it, in order."""
    return list(session.scalars(select(Touch).where(Touch.due_id == row.id).order_by(Touch.number)))
