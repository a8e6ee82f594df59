"""What customers said in their own words: moods, the topics of their complaints, and how both go from week to week."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.feedback import MOODS, Week, trends
from claims.insight.figures import Count, Rows
from claims.insight.month import Month
from claims.insight.querying import grouped, within
from claims.models import SurveyAnswer

BAD = "bad"


@dataclass(frozen=True, slots=True)
class Voices:
    """moods: of the answers in own words. topics: of those in a bad mood, the most frequent first. weeks: see
    claims.feedback.trends."""

    moods: dict[str, Count]
    topics: dict[str, Count]
    weeks: list[Week]


def voices(session: Session, month: Month) -> Voices:
    """The answers given in the month."""
    query = select(SurveyAnswer.id, SurveyAnswer.mood, SurveyAnswer.topics).where(
        SurveyAnswer.mood.is_not(None), within(SurveyAnswer.at, month)
    )
    said = session.execute(query.order_by(SurveyAnswer.id)).all()
    moods = grouped(said, lambda row: row.mood)
    topics = grouped([(row.id, topic) for row in said if row.mood == BAD for topic in row.topics], lambda pair: pair[1])
    ranked = sorted(topics.items(), key=lambda item: (-len(item[1]), item[0]))
    return Voices(
        moods={
            mood: Count(f"mood_{mood}", Rows.of("survey_answers", (row.id for row in moods[mood])))
            for mood in MOODS
            if mood in moods
        },
        topics={
            topic: Count(f"topic_{topic}", Rows.of("survey_answers", (row_id for row_id, _ in found)))
            for topic, found in ranked
        },
        weeks=trends(session, month.start, month.end),
    )
