"""What came after the made-up claims: callbacks with their answers, problems told in them, and talks with customers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.clock import SHANGHAI
from claims.models import (
    Complaint,
    Conversation,
    DueRow,
    Handover,
    Message,
    Policy,
    SurveyAnswer,
    SurveyRun,
    Ticket,
    TimelineEntry,
    Touch,
)
from claims.models.base import new_id
from claims.seed import history
from claims.seed.history import HOURS, KEY, Made
from claims.surveys.categories import survey_for
from claims.tokens import token_hash
from claims.vocabulary import (
    Author,
    ComplaintState,
    DueState,
    HandoverReason,
    HandoverState,
    InboundState,
    Line,
    OutreachKind,
    SurveyState,
    TicketState,
    WrapUp,
)

REACHED, ANSWERS, SOLVED = 0.97, 0.95, 0.78
MARKS = {5: 54, 4: 34, 3: 7, 2: 3, 1: 2}
BAD_WORDS = (
    ("等了好久才到账", ("speed",)),
    ("打电话问进度没人说得清", ("explanation", "attitude")),
    ("材料来回补了三次", ("materials",)),
    ("赔得比修理厂报价少", ("amount",)),
    ("查勘员改了两次时间", ("inspection",)),
)
GOOD_WORDS = ("挺快的，谢谢", "客服说得很清楚", "手机上传材料很方便")
CHANNELS = {"wechat": 46, "webchat": 28, "sms": 10, "voice": 16}
TALKS_A_DAY = (16, 26)
STAYS = 0.74
ESCALATED = 0.13
REASONS = {
    HandoverReason.ASKED: 58,
    HandoverReason.BOT_FAILED: 18,
    HandoverReason.ANGER: 8,
    HandoverReason.COMPLAINT: 6,
    HandoverReason.MAJOR_CLAIM: 5,
    HandoverReason.EMERGENCY: 3,
    HandoverReason.LOW_RATING: 2,
}
OPENINGS = ("我要报案", "案件到哪一步了", "还差什么材料", "什么时候打款", "玻璃碎了赔不赔")


def callbacks(session: Session, made: list[Made], until: datetime) -> None:
    """The callback of each closed claim, up to `until` (aware). Commit afterwards."""
    for each in made:
        if each.closed_at is not None and each.closed_at < until:
            _callback(session, each, each.closed_at, until)
    session.flush()


def talks(session: Session, first: date, last: date) -> None:
    """Conversations of each day, some of which needed a person; days that have theirs stay as they are."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        chance = Random(f"talks:{day}")
        for number in range(chance.randint(*TALKS_A_DAY)):
            _talk(session, f"{KEY}:{day}:{number}", day)
    session.flush()


def endings(session: Session, first: date, last: date) -> None:
    """Policies that ended on each day, most of them with a next term; days that have theirs stay as they are."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        chance = Random(f"endings:{day}")
        for number in range(chance.randint(2, 4)):
            _ending(session, f"{day:%Y%m%d}{number}", day)
    session.flush()


def _ending(session: Session, key: str, day: date) -> None:
    chance = Random(f"ending:{key}")
    stays, holder = chance.random() < STAYS, history.customer(session, chance.randint(1, history.CUSTOMERS))
    if session.scalar(select(Policy.id).where(Policy.number == f"PAE{key}")) is not None:
        return
    ends = datetime.combine(day, time(23, 59, 59), SHANGHAI)
    for name, until in (("E", ends), ("F", ends + timedelta(days=365)))[: 1 + stays]:
        session.add(
            Policy(
                number=f"PA{name}{key}",
                customer_id=holder.id,
                line=Line.AUTO,
                starts_at=until - timedelta(days=365, seconds=-1),
                ends_at=until,
            )
        )


def _callback(session: Session, made: Made, closed_at: datetime, until: datetime) -> None:
    chance = Random(f"callback:{made.claim.registration_key}")
    called = closed_at + timedelta(hours=chance.uniform(2, 20))
    if chance.random() > REACHED or called >= until:
        return
    claim = made.claim
    row = DueRow(
        purpose="survey",
        kind=OutreachKind.SURVEY,
        key=f"survey:{claim.id}",
        subject=claim.id,
        customer_id=claim.customer_id,
        claim_id=claim.id,
        due_at=closed_at + timedelta(hours=2),
        next_at=called,
        tries=1,
        state=DueState.DONE,
        reason="answered",
        reason_values={},
        created_at=closed_at,
    )
    session.add(row)
    session.flush()
    channel = chance.choice(("sms", "voice", "wechat"))
    session.add(
        Touch(
            due_id=row.id,
            number=1,
            purpose="survey",
            kind=OutreachKind.SURVEY,
            customer_id=claim.customer_id,
            channel=channel,
            at=called,
        )
    )
    answered = called + timedelta(hours=chance.uniform(0.05, 30))
    gave = chance.random() < ANSWERS and answered < until
    been = session.scalars(select(TimelineEntry.state_to).where(TimelineEntry.claim_id == claim.id))
    run = SurveyRun(
        survey=survey_for(claim, been),
        version="history",
        round=1,
        claim_id=claim.id,
        customer_id=claim.customer_id,
        link_hash=token_hash(new_id()),
        state=SurveyState.FINISHED if gave else SurveyState.EXPIRED,
        closed_at=closed_at,
        created_at=called,
    )
    session.add(run)
    session.flush()
    if gave:
        _answers(session, chance, made, run, channel, answered, until)


def _answers(
    session: Session, chance: Random, made: Made, run: SurveyRun, channel: str, at: datetime, until: datetime
) -> None:
    mark = chance.choices(list(MARKS), list(MARKS.values()))[0]
    run.score, run.first_answer_at, run.finished_at, run.channel = mark, at, at + timedelta(minutes=2), channel
    session.add(SurveyAnswer(run_id=run.id, question="overall", value=str(mark), channel=channel, at=at))
    if mark <= 3:
        text, topics = chance.choice(BAD_WORDS)
        _words(session, run, channel, at, text, "bad", list(topics))
        _ticket(session, chance, made, run, text, at, until)
    elif chance.random() < 0.35:
        _words(session, run, channel, at, chance.choice(GOOD_WORDS), "good", [])


def _words(
    session: Session, run: SurveyRun, channel: str, at: datetime, text: str, mood: str, topics: list[str]
) -> None:
    session.add(
        SurveyAnswer(run_id=run.id, question="wish", text=text, mood=mood, topics=topics, channel=channel, at=at)
    )


def _ticket(
    session: Session, chance: Random, made: Made, run: SurveyRun, text: str, at: datetime, until: datetime
) -> None:
    solved = chance.random() < SOLVED
    answered = at + timedelta(hours=chance.uniform(3, 44) if solved else chance.uniform(30, 90))
    done = answered < until
    session.add(
        Ticket(
            run_id=run.id,
            claim_id=made.claim.id,
            customer_id=made.claim.customer_id,
            text=text,
            state=TicketState.CLOSED if done else TicketState.ANSWERED,
            due_at=at + timedelta(hours=48),
            created_at=at,
            answer="已与您电话说明，并补上差额" if done else None,
            answers=int(done),
            first_answered_at=answered if done else None,
            answered_at=answered if done else None,
            solved=solved if done else None,
            closed_at=answered + timedelta(hours=1) if done else None,
        )
    )


def _talk(session: Session, key: str, day: date) -> None:
    chance = Random(f"talk:{key}")
    channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    at = datetime.combine(day, time(chance.choices(range(24), HOURS)[0], chance.randrange(60)), SHANGHAI)
    wanted = chance.random()
    opening = chance.choice(OPENINGS)
    if session.scalar(select(Message.id).where(Message.channel == channel, Message.provider_id == key)) is not None:
        return
    conversation = Conversation(channel=channel, tasks=[], created_at=at, last_inbound_at=at)
    session.add(conversation)
    session.flush()
    session.add(
        Message(
            conversation_id=conversation.id,
            author=Author.CUSTOMER,
            text=opening,
            channel=channel,
            provider_id=key,
            state=InboundState.ANSWERED,
            said_at=at,
            created_at=at,
        )
    )
    if wanted < ESCALATED:
        reason = chance.choices(list(REASONS), list(REASONS.values()))[0]
        _handover(session, conversation, reason, key, at)


def _handover(session: Session, conversation: Conversation, reason: HandoverReason, key: str, at: datetime) -> None:
    opened = at + timedelta(minutes=3)
    session.add(
        Handover(
            conversation_id=conversation.id,
            reason=reason,
            state=HandoverState.HANDED_BACK,
            opened_at=opened,
            taken_at=opened + timedelta(seconds=40),
            first_response_at=opened + timedelta(minutes=1),
            ended_at=opened + timedelta(minutes=9),
            wrap_up=WrapUp.SOLVED,
        )
    )
    if reason is HandoverReason.COMPLAINT:
        session.add(
            Complaint(
                number=f"H{key.removeprefix(KEY).replace(':', '').replace('-', '')}",
                key=key,
                conversation_id=conversation.id,
                what="等得太久",
                state=ComplaintState.CLOSED,
                due_at=opened + timedelta(days=5),
                created_at=opened,
                closed_at=opened + timedelta(days=2),
            )
        )
