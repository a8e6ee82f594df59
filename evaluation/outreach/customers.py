"""What simulated customers do when they are called or written to: answers go through the survey core as they would from
any channel."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import contacts, conversations, surveys
from claims.models import DueRow, OutboxItem, SurveyRun, Touch
from claims.surveys import Given
from evaluation.outreach.people import Case

SOON, LATE = timedelta(minutes=20), timedelta(hours=80)


@dataclass(frozen=True, slots=True)
class Act:
    """What a customer will do at a moment: answer so many questions on a channel, or opt out there."""

    case: Case
    channel: str
    answers: int
    opts_out: bool = False


@dataclass(slots=True)
class Crowd:
    """All customers. heard: how often each was reached; opted_out: claim_id → when they said so."""

    by_phone: dict[str, Case]
    heard: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    opted_out: dict[str, datetime] = field(default_factory=dict)
    to_do: list[tuple[datetime, Act]] = field(default_factory=list)

    def reached(self, session: Session, item: OutboxItem, now: datetime) -> None:
        """A call is taken or a text is read."""
        case = self.by_phone[item.address]
        touch = session.scalar(select(Touch).where(Touch.outbox_id == item.id))
        if touch is None or session.get_one(DueRow, touch.due_id).purpose != "survey":
            return
        self.heard[case.claim_id] += 1
        act = self._act(case, item.channel, self.heard[case.claim_id])
        if act is not None:
            wait = LATE * random.uniform(1, 1.8) if case.habit == "late" else SOON * random.uniform(0.1, 1)
            self.to_do.append((now if item.channel == "voice" and case.habit != "late" else now + wait, act))

    def act(self, session: Session, now: datetime) -> int:
        """Everything that customers do by now."""
        ready = [act for at, act in self.to_do if at <= now]
        self.to_do = [(at, act) for at, act in self.to_do if at > now]
        for act in ready:
            self._do(session, act, now)
        return len(ready)

    def _act(self, case: Case, channel: str, time: int) -> Act | None:
        whole = 9
        match case.habit:
            case "answers" | "angry" | "late":
                return Act(case, channel, whole) if time == 1 else None
            case "second_call":
                return Act(case, channel, whole) if time == 2 else None
            case "by_text":
                return Act(case, channel, whole) if channel == "sms" else None
            case "by_link":
                return Act(case, "web", whole) if channel == "sms" else None
            case "changes":
                return Act(case, channel, 1 if time == 1 else whole)
            case "busy":
                return Act(case, channel, whole) if time == 3 else None
            case "opts_out":
                return Act(case, channel, 0, opts_out=True) if time == 1 else None
        return None

    def _do(self, session: Session, act: Act, now: datetime) -> None:
        if act.opts_out:
            talk, _ = conversations.open_conversation(
                session, act.channel, act.case.phone, pushed=act.channel == "sms", button_limit=0
            )
            contacts.opt_out(session, talk)
            self.opted_out[act.case.claim_id] = now
            return
        run = session.scalar(select(SurveyRun).where(SurveyRun.claim_id == act.case.claim_id, SurveyRun.round == 1))
        for _ in range(act.answers):
            question = surveys.next_question(session, run) if run is not None else None
            if run is None or question is None or not surveys.is_open(run):
                return
            surveys.answer(session, run, question, _answer(question, act.case), act.channel)


def _answer(question: surveys.Question, case: Case) -> Given:
    if question.kind == "scale":
        return Given(random.choice("12") if case.habit == "angry" else random.choice("344455555"))
    if question.kind == "choice":
        return Given(random.choice(question.values))
    return Given("nothing") if random.random() < 0.7 else Given(None, random.choice(["太慢了", "都挺好的", "没人理我"]))
