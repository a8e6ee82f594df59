"""How a survey is begun, or taken up again, on a channel."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from claims import surveys
from claims.models import Claim, SurveyRun
from claims.surveys.asking import AWAITING, TASK, buttons
from claims.vocabulary import SurveyState
from lipei.settings import get_settings
from outreach.purpose import Done, Later, Occasion, Prepared, Say, Skip
from outreach.wording import say

CHANNELS = ("voice", "wechat", "telegram", "sms", "email")
UNDER_WAY = timedelta(minutes=30)
LINKED = frozenset({"sms", "email", "wechat", "telegram"})
TAPPED = frozenset({"telegram"})


def ask(session: Session, occasion: Occasion, run: SurveyRun, claim: Claim) -> Prepared:
    """The next question of this run, with words before it that fit the try."""
    if run.state is SurveyState.FINISHED:
        return Done("answered")
    question = surveys.next_question(session, run)
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
