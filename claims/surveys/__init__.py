"""Satisfaction callbacks: which survey, which question next, what an answer means, and what comes of it."""

from claims.surveys.definition import OVERALL, Question, Survey, surveys
from claims.surveys.reading import Declined, Given, Vague, read
from claims.surveys.runs import (
    Outcome,
    answer,
    answers,
    by_link,
    decline,
    definition,
    get,
    has_ticket,
    is_open,
    link_token,
    next_question,
    next_questions,
    open_run,
    open_runs,
)

__all__ = [
    "OVERALL",
    "Declined",
    "Given",
    "Outcome",
    "Question",
    "Survey",
    "Vague",
    "answer",
    "answers",
    "by_link",
    "decline",
    "definition",
    "get",
    "has_ticket",
    "is_open",
    "link_token",
    "next_question",
    "next_questions",
    "open_run",
    "open_runs",
    "read",
    "surveys",
]
