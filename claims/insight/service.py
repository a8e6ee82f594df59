"""The figures of the service plan that customers judge us by, and what callbacks came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from claims.insight.figures import Rows, Share
from claims.insight.month import Month
from claims.insight.querying import within
from claims.insight.repeats import repeat
from claims.insight.volume import reported_in
from claims.models import Complaint, DueRow, OutboxItem, SurveyRun, Ticket, TimelineEntry, Touch
from claims.vocabulary import ClaimState, OutboxState, TicketState

TARGETS = {"covered": Decimal(90), "satisfied": Decimal(85), "solved": Decimal(70)}
STARTED_WITHIN, COVERED_WITHIN, SOLVED_WITHIN = timedelta(hours=24), timedelta(hours=72), timedelta(hours=48)
SURVEY = "survey"
GOOD_MARK = 4
_NEVER_ARRIVED = (OutboxState.FAILED, OutboxState.DEAD, OutboxState.CANCELLED, OutboxState.WITHHELD)


@dataclass(frozen=True, slots=True)
class Service:
    """covered: of the claims closed in the month and at least 72 h ago, those whose customer answered the callback
    within 72 h. satisfied: of the overall marks of callbacks on claims closed in the month, those of 4 and 5. solved:
    of the problems told in the month, those answered within 48 h that the customer found solved, or that were closed
    without a word of theirs; what may still be answered in time is not counted. complaints: in the month, against the
    claims reported in it. repeat: claims of a customer or policy that had one in the year before.

    started, reached: as covered, those to whom a callback was sent within 24 h; within 72 h, not undeliverable.
    """

    covered: Share
    satisfied: Share
    solved: Share
    complaints: Share
    repeat: Share
    started: Share
    reached: Share

    @property
    def all(self) -> tuple[Share, ...]:
        """The five of the service plan."""
        return (self.covered, self.satisfied, self.solved, self.complaints, self.repeat)


def service(session: Session, month: Month, now: datetime) -> Service:
    """now: the moment up to which promises had to be kept (aware)."""
    reported = reported_in(session, month)
    closed = _closed(session, month, now - COVERED_WITHIN)
    whole = Rows.of("claims", closed)

    def in_time(moments: dict[str, datetime], limit: timedelta) -> Rows:
        kept = (each for each, at in closed.items() if each in moments and moments[each] <= at + limit)
        return Rows.of("claims", kept)

    answers = in_time(_first_answers(session, month), COVERED_WITHIN)
    return Service(
        covered=Share("covered", answers, whole, TARGETS["covered"]),
        satisfied=_satisfied(session, month),
        solved=_solved(session, month, now),
        complaints=Share(
            "complaints", _complaints(session, month), Rows.of("claims", (claim.id for claim in reported))
        ),
        repeat=repeat(session, reported),
        started=Share("started", in_time(_first_calls(session, month, any_end=True), STARTED_WITHIN), whole),
        reached=Share("reached", in_time(_first_calls(session, month), COVERED_WITHIN), whole),
    )


def _closed(session: Session, month: Month, before: datetime) -> dict[str, datetime]:
    """Claims closed in the month and not after `before`, with the moment."""
    query = select(TimelineEntry.claim_id, TimelineEntry.at).where(
        TimelineEntry.state_to == ClaimState.CLOSED, within(TimelineEntry.at, month), TimelineEntry.at <= before
    )
    return {row.claim_id: row.at for row in session.execute(query.order_by(TimelineEntry.id))}


def _first_calls(session: Session, month: Month, *, any_end: bool = False) -> dict[str, datetime]:
    """When the customer of a claim closed in the month was first called back; without any_end, so that it arrived."""
    arrived = or_(Touch.outbox_id.is_(None), OutboxItem.state.not_in(_NEVER_ARRIVED))
    query = (
        select(DueRow.claim_id, Touch.at)
        .join(Touch, Touch.due_id == DueRow.id)
        .join(TimelineEntry, TimelineEntry.claim_id == DueRow.claim_id)
        .outerjoin(OutboxItem, OutboxItem.id == Touch.outbox_id)
        .where(
            DueRow.purpose == SURVEY,
            TimelineEntry.state_to == ClaimState.CLOSED,
            within(TimelineEntry.at, month),
            *(() if any_end else (arrived,)),
        )
        .order_by(Touch.at.desc())
    )
    return {claim_id: at for claim_id, at in session.execute(query) if claim_id is not None}


def _first_answers(session: Session, month: Month) -> dict[str, datetime]:
    query = select(SurveyRun.claim_id, SurveyRun.first_answer_at).where(
        SurveyRun.round == 1, within(SurveyRun.closed_at, month), SurveyRun.first_answer_at.is_not(None)
    )
    return {claim_id: at for claim_id, at in session.execute(query) if at is not None}


def _satisfied(session: Session, month: Month) -> Share:
    query = select(SurveyRun.id, SurveyRun.score).where(
        SurveyRun.round == 1, SurveyRun.score.is_not(None), within(SurveyRun.closed_at, month)
    )
    marks = session.execute(query.order_by(SurveyRun.closed_at, SurveyRun.id)).all()
    good = Rows.of("survey_runs", (run_id for run_id, score in marks if score is not None and score >= GOOD_MARK))
    return Share("satisfied", good, Rows.of("survey_runs", (run_id for run_id, _ in marks)), TARGETS["satisfied"])


def _solved(session: Session, month: Month, now: datetime) -> Share:
    query = select(Ticket).where(within(Ticket.created_at, month)).order_by(Ticket.created_at, Ticket.id)
    tickets = list(session.scalars(query))
    solved = [each for each in tickets if _is_solved(each)]
    over = [each for each in tickets if each in solved or now - each.created_at >= SOLVED_WITHIN]
    return Share(
        "solved",
        Rows.of("tickets", (each.id for each in solved)),
        Rows.of("tickets", (each.id for each in over)),
        TARGETS["solved"],
    )


def _is_solved(ticket: Ticket) -> bool:
    first = ticket.first_answered_at
    in_time = first is not None and first - ticket.created_at <= SOLVED_WITHIN
    agreed = ticket.solved is True or (ticket.solved is None and ticket.state is TicketState.CLOSED)
    return in_time and agreed


def _complaints(session: Session, month: Month) -> Rows:
    query = select(Complaint.id).where(within(Complaint.created_at, month))
    return Rows.of("complaints", session.scalars(query.order_by(Complaint.created_at, Complaint.id)))
