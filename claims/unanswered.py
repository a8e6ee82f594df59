"""Questions the knowledge base could not answer, kept for its editors."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import UnansweredQuestion
from claims.vocabulary import RequestState


def keep(
    session: Session, text: str, conversation_id: str | None, best_entry: str | None, score: float | None
) -> UnansweredQuestion:
    """Keep a question with the entry that came nearest, if any (score: similarity, 0 to 1)."""
    question = UnansweredQuestion(text=text, conversation_id=conversation_id, best_entry=best_entry, score=score)
    session.add(question)
    session.flush()
    return question


def waiting(session: Session, limit: int = 100) -> list[UnansweredQuestion]:
    """Those no editor has dealt with, newest first."""
    return list(
        session.scalars(
            select(UnansweredQuestion)
            .where(UnansweredQuestion.state == RequestState.OPEN)
            .order_by(UnansweredQuestion.asked_at.desc(), UnansweredQuestion.id)
            .limit(limit)
        )
    )


def settle(session: Session, question: UnansweredQuestion) -> None:
    """An editor has dealt with it."""
    question.state = RequestState.DONE
    session.flush()
