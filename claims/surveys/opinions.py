"""Free words that nobody has read yet: where they came in there was no sentence encoder."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import tickets
from claims.feedback import Reading
from claims.models import SurveyAnswer, SurveyRun

AT_ONCE = 100


def unread(session: Session) -> list[int]:
    """Ids of answers whose words were not read, oldest first."""
    query = select(SurveyAnswer.id).where(SurveyAnswer.text.is_not(None), SurveyAnswer.mood.is_(None))
    return list(session.scalars(query.order_by(SurveyAnswer.id).limit(AT_ONCE)))


def read_now(session: Session, ids: list[int], read: Callable[[str], Reading]) -> int:
    """Read these; how many. A problem told in them opens a ticket. What another worker reads just now is left to it."""
    query = select(SurveyAnswer).where(SurveyAnswer.id.in_(ids), SurveyAnswer.mood.is_(None))
    found = list(session.scalars(query.order_by(SurveyAnswer.id).with_for_update(skip_locked=True)))
    for answer in found:
        reading = read(answer.text or "")
        answer.mood, answer.topics = reading.mood, list(reading.topics)
        if reading.mood == "bad":
            tickets.open_for(session, session.get_one(SurveyRun, answer.run_id), answer.text or "")
    session.flush()
    return len(found)
