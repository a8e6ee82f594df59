"""How a survey is begun, or taken up again, on a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from claims import surveys
from claims.models import Claim, SurveyRun
from claims.surveys.asking import AWAITING, TASK, buttons
from claims.surveys.definition import Question
from claims.vocabulary import SurveyState
from lipei.settings import get_settings
from outreach.purpose import Done, Later, Occasion, Prepared, Say, Skip
from outreach.wording import say

CHANNELS = ("voice", "wechat", "telegram", "sms", "email")
UNDER_WAY = timedelta(minutes=30)
LINKED = frozenset({"sms", "email", "wechat", "telegram"})
TAPPED = frozenset({"telegram"})


Asked = tuple[Occasion, SurveyRun, Claim]


def ask(session: Session, asked: Sequence[Asked]) -> list[Prepared]:
    """The next question of each run, with words before it that fit the try."""
    questions = surveys.next_questions(session, [run for _, run, _ in asked])
    return [_ask(occasion, run, claim, questions[run.id]) for occasion, run, claim in asked]


def _ask(occasion: Occasion, run: SurveyRun, claim: Claim, question: Question | None) -> Prepared:
    if run.state is SurveyState.FINISHED:
        return Done("answered")
    if run.state is not SurveyState.OPEN or question is None:
        return Skip("declined")
    if run.first_answer_at is not None and occasion.now - run.first_answer_at < UNDER_WAY:
        return Later(run.first_answer_at + UNDER_WAY, "in_talk")
    url = f"{get_settings().public_url}/s/{surveys.link_token(run)}"
    parts = [_opening(run, claim, occasion)]
    if occasion.channel == "email":
        return Say("\n\n".join([*parts, say("survey_only_link", url=url)]))
    parts.append(question.on(occasion.channel))
    if occasion.channel in LINKED:
        parts.append(say("survey_link", url=url))
    if occasion.attempt == 1:
        parts.append(say("survey_stop_spoken" if occasion.channel == "voice" else "survey_stop"))
    return Say(
        "".join(parts) if occasion.channel == "voice" else "\n".join(parts),
        tuple(buttons(question, None if occasion.channel in TAPPED else 0)),
        AWAITING[question.kind],
        {"task": TASK, "run": run.id},
    )


def _opening(run: SurveyRun, claim: Claim, occasion: Occasion) -> str:
    tail = claim.number[-4:]
    if run.first_answer_at is not None:
        return say("survey_resumed", tail=tail)
    if occasion.attempt > 1:
        return say("survey_again", tail=tail)
    survey = surveys.definition(run)
    return survey.opening.on(occasion.channel).format(tail=tail, points=survey.points)
