"""How moods and topics go from week to week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import SurveyAnswer


@dataclass(slots=True)
class Week:
    """monday: its first day (Shanghai). moods: mood → how many. topics: topic → mood → how many."""

    monday: date
    moods: Counter[str] = field(default_factory=Counter)
    topics: dict[str, Counter[str]] = field(default_factory=dict)


def trends(session: Session, since: datetime, until: datetime) -> list[Week]:
    """Every week in which customers said something in their own words, oldest first. since, until: aware; the latter
    is not included."""
    said = session.execute(
        select(SurveyAnswer.at, SurveyAnswer.mood, SurveyAnswer.topics).where(
            SurveyAnswer.at >= since, SurveyAnswer.at < until, SurveyAnswer.mood.is_not(None)
        )
    )
    weeks: dict[date, Week] = {}
    for at, said_mood, topics in said:
        mood = str(said_mood)
        day = clock.local(at).date()
        monday = day - timedelta(days=day.weekday())
        week = weeks.setdefault(monday, Week(monday))
        week.moods[mood] += 1
        for topic in topics:
            week.topics.setdefault(topic, Counter())[mood] += 1
    return [weeks[monday] for monday in sorted(weeks)]
