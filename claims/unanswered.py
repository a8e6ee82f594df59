"""Questions the knowledge base could not answer, or answered without helping, kept for its editors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, masking
from claims.crypto import blind_index
from claims.errors import NotFound
from claims.models import UnansweredQuestion
from claims.vocabulary import QuestionKind, RequestState


def keep(
    session: Session,
    text: str,
    best_entry: str | None = None,
    *,
    suggestions: Sequence[str] = (),
    kind: QuestionKind = QuestionKind.UNANSWERED,
) -> UnansweredQuestion:
    """Keep a question, personal data masked, with the entry that came nearest or did not help.

    Asked again in the same words, for the same reason and entry, before an editor has dealt with it, it is counted.
    """
    masked = masking.text(text)
    index = blind_index(masked)
    again = session.scalars(
        select(UnansweredQuestion)
        .where(
            UnansweredQuestion.text_index == index,
            UnansweredQuestion.kind == kind,
            UnansweredQuestion.best_entry == best_entry,
            UnansweredQuestion.state == RequestState.OPEN,
        )
        .with_for_update()
    ).first()
    if again is not None:
        again.count += 1
        again.last_asked_at = clock.now()
        session.flush()
        return again
    question = UnansweredQuestion(
        kind=kind, text=masked, text_index=index, best_entry=best_entry, suggestions=list(suggestions)
    )
    session.add(question)
    session.flush()
    return question


def waiting(session: Session, limit: int = 100) -> list[UnansweredQuestion]:
    """Those no editor has dealt with, the last asked first."""
    return list(
        session.scalars(
            select(UnansweredQuestion)
            .where(UnansweredQuestion.state == RequestState.OPEN)
            .order_by(UnansweredQuestion.last_asked_at.desc(), UnansweredQuestion.id)
            .limit(limit)
        )
    )


def find(session: Session, start_of_id: str) -> UnansweredQuestion:
    """The open question whose id starts so. Raises NotFound when there is none, or more than one."""
    found = session.scalars(
        select(UnansweredQuestion)
        .where(
            UnansweredQuestion.id.startswith(start_of_id, autoescape=True),
            UnansweredQuestion.state == RequestState.OPEN,
        )
        .limit(2)
    ).all()
    if not start_of_id or len(found) != 1:
        raise NotFound(f"no open question, or more than one, has an id that starts with {start_of_id!r}")
    return found[0]


def settle(session: Session, question: UnansweredQuestion, entry: str | None = None) -> None:
    """An editor has dealt with it; `entry` is the one that now has its wording."""
    question.state = RequestState.DONE
    question.settled_with = entry
    session.flush()
