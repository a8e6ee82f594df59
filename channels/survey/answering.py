"""What a page's form does: an answer kept once, or the wish to be left alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from channels.survey.page import message_page, question_page, say
from claims import consent, surveys
from claims.models import Claim, SurveyRun
from claims.surveys import Given
from claims.surveys.definition import NOTHING
from claims.surveys.reading import LONGEST
from claims.vocabulary import OutreachKind, SurveyState

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. step: "next" or "stop"."""

    step: str
    question: str
    value: str
    text: str


def show(session: Session, token: str, *, missing: bool = False) -> tuple[int, str]:
    """(status, page) of a link: the next question, or why there is none."""
    run = surveys.by_link(session, token)
    if run is None:
        return 404, message_page(say("unknown"))
    question = surveys.next_question(session, run)
    if run.state is SurveyState.DECLINED:
        return 200, message_page(say("stopped"))
    if not surveys.is_open(run) or question is None:
        return 200, _over(session, run)
    survey, tail = surveys.definition(run), session.get_one(Claim, run.claim_id).number[-4:]
    first = not surveys.answers(session, run)
    opening = survey.opening.text.format(tail=tail, points=survey.points) if first else ""
    return 200, question_page(question, tail=tail, opening=opening, missing=missing)


def take(session: Session, token: str, filled: Filled) -> bool:
    """Keep what was sent; False when nothing was chosen. A page that is sent twice, or was left behind by another
    channel, changes nothing."""
    run = surveys.by_link(session, token)
    if run is None or not surveys.is_open(run):
        return True
    if filled.step == "stop":
        _stop(session, run)
        return True
    question = surveys.definition(run).question(filled.question)
    current = surveys.next_question(session, run)
    if question is None or current is None or question.key != current.key:
        return True
    if question.kind == "text":
        text = filled.text.strip()[:LONGEST]
        given = Given(None, text) if text else Given(NOTHING)
    elif filled.value in question.values:
        given = Given(filled.value)
    else:
        return False
    surveys.answer(session, run, question, given, CHANNEL)
    return True


def _stop(session: Session, run: SurveyRun) -> None:
    """Whoever has the link may end this survey and those to come; it opens nothing else."""
    surveys.decline(session, run, CHANNEL)
    if run.customer_id is not None:
        consent.put(session, run.customer_id, allowed=False, source="questionnaire", kind=OutreachKind.SURVEY)


def _over(session: Session, run: SurveyRun) -> str:
    if run.state is not SurveyState.FINISHED or run.channel != CHANNEL:
        return message_page(say("over"))
    survey = surveys.definition(run)
    thanks = survey.thanks.text.format(points=survey.points)
    return message_page(thanks, say("problem")) if surveys.has_ticket(session, run) else message_page(thanks)
