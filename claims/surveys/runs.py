"""Callbacks under way: opened once for a claim, answered once for each question, finished, declined or expired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock, crypto, tickets
from claims.errors import BadInput, NotFound
from claims.feedback import Reading
from claims.models import Claim, Reward, SurveyAnswer, SurveyRun, TimelineEntry
from claims.models.base import new_id
from claims.surveys.categories import survey_for
from claims.surveys.definition import NOTHING, OVERALL, Question, Survey, surveys
from claims.surveys.reading import Given
from claims.tokens import token_hash
from claims.upsert import insert_into
from claims.vocabulary import ClaimState, SurveyState

TAKEN_FOR = timedelta(days=7)
"""Late answers are kept, though the figures count those within 72 hours."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """is_new: False when this question was answered before. problem: a ticket is open for it. next: None at the end."""

    is_new: bool
    problem: bool
    next: Question | None


def open_run(session: Session, claim: Claim, *, closed_at: datetime, second: bool = False) -> SurveyRun:
    """The callback of this claim, made at the first call. Safe to repeat."""
    return open_runs(session, [(claim, closed_at)], second=second)[claim.id]


def open_runs(
    session: Session, closed: Sequence[tuple[Claim, datetime]], *, second: bool = False
) -> dict[str, SurveyRun]:
    """The callbacks of these claims by claim id, made where there are none yet; closed: each with its moment."""
    number = 2 if second else 1
    wanted = {claim.id: (claim, closed_at) for claim, closed_at in closed}
    runs = _runs_of(session, wanted, number)
    new = [wanted[claim_id] for claim_id in wanted if claim_id not in runs]
    if not new:
        return runs
    been = _states_of(session, [claim.id for claim, _ in new]) if not second else {}
    now = clock.now()
    rows = []
    for claim, closed_at in new:
        survey = surveys()["second" if second else survey_for(claim, been.get(claim.id, ()))]
        run_id = new_id()
        row = {
            "id": run_id,
            "survey": survey.name,
            "version": survey.version,
            "round": number,
            "claim_id": claim.id,
            "customer_id": claim.customer_id,
            "link_hash": token_hash(_token(run_id)),
            "state": SurveyState.OPEN,
            "closed_at": closed_at,
            "created_at": now,
        }
        rows.append(row)
    # Two callers may open one at the same moment: whoever is second gets the first one's.
    made = insert_into(session, SurveyRun).on_conflict_do_nothing(index_elements=["claim_id", "round"])
    runs |= {run.claim_id: run for run in session.scalars(made.returning(SurveyRun), rows)}
    runs |= _runs_of(session, wanted.keys() - runs.keys(), number)
    if wanted.keys() - runs.keys():
        raise NotFound("a callback was removed while it was being opened")
    return runs


def _runs_of(session: Session, claim_ids: Collection[str], number: int) -> dict[str, SurveyRun]:
    if not claim_ids:
        return {}
    found = select(SurveyRun).where(SurveyRun.claim_id.in_(claim_ids), SurveyRun.round == number)
    return {run.claim_id: run for run in session.scalars(found)}


def _states_of(session: Session, claim_ids: Collection[str]) -> dict[str, set[ClaimState]]:
    """All states that each claim has been in."""
    been = defaultdict(set)
    entries = select(TimelineEntry.claim_id, TimelineEntry.state_to).where(TimelineEntry.claim_id.in_(claim_ids))
    for claim_id, state in session.execute(entries):
        been[claim_id].add(state)
    return been


def get(session: Session, run_id: str) -> SurveyRun | None:
    """A run by its id."""
    return session.get(SurveyRun, run_id)


def by_link(session: Session, token: str) -> SurveyRun | None:
    """The run whose link this is; None for any other token."""
    return session.scalar(select(SurveyRun).where(SurveyRun.link_hash == token_hash(token)))


def link_token(run: SurveyRun) -> str:
    """The secret part of the link: the same at each call, and nothing that the database gives away."""
    return _token(run.id)


def definition(run: SurveyRun) -> Survey:
    """The survey that is being held."""
    return surveys()[run.survey]


def is_open(run: SurveyRun) -> bool:
    """Whether an answer is still taken."""
    return run.state is SurveyState.OPEN and clock.now() < run.created_at + TAKEN_FOR


def answers(session: Session, run: SurveyRun) -> dict[str, str | None]:
    """Question → value so far; None for free words."""
    return _answers(session, [run.id])[run.id]


def next_question(session: Session, run: SurveyRun) -> Question | None:
    """Where the survey stands, on whatever channel it is continued."""
    return next_questions(session, [run])[run.id]


def next_questions(session: Session, runs: Collection[SurveyRun]) -> dict[str, Question | None]:
    """The same for many runs, by run id."""
    so_far = _answers(session, [run.id for run in runs])
    return {run.id: definition(run).next(so_far[run.id]) for run in runs}


def _answers(session: Session, run_ids: Collection[str]) -> dict[str, dict[str, str | None]]:
    found = select(SurveyAnswer.run_id, SurveyAnswer.question, SurveyAnswer.value)
    so_far: dict[str, dict[str, str | None]] = {run_id: {} for run_id in run_ids}
    for run_id, question, value in session.execute(found.where(SurveyAnswer.run_id.in_(run_ids))):
        so_far[run_id][question] = value
    return so_far


def answer(
    session: Session,
    run: SurveyRun,
    question: Question,
    given: Given,
    channel: str,
    *,
    read: Callable[[str], Reading] | None = None,
) -> Outcome:
    """Keep an answer, once; open a ticket when it tells of a problem; finish the run at the end.

    read: reads the mood and topics of free words; without it they are read later (claims.surveys.opinions).
    BadInput for a value that the question does not have, or a run that takes no more answers.
    """
    if given.value is not None and given.value not in question.values:
        raise BadInput("this is none of the answers")
    session.refresh(run, with_for_update=True)
    if not is_open(run):
        raise BadInput("this survey is over")
    reading = read(given.text) if given.text and read is not None else None
    now = clock.now()
    stored = session.scalar(
        insert_into(session, SurveyAnswer)
        .values(
            run_id=run.id,
            question=question.key,
            value=given.value,
            text=given.text,
            mood=reading.mood if reading else None,
            topics=list(reading.topics) if reading else [],
            channel=channel,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["run_id", "question"])
        .returning(SurveyAnswer.id)
    )
    if stored is not None:
        run.first_answer_at, run.channel = run.first_answer_at or now, channel
        if question.key == OVERALL and given.value is not None:
            run.score = int(given.value)
    problem = question.problem is not None and question.problem.holds(given.value)
    problem |= reading is not None and reading.mood == "bad"
    if stored is not None and problem:
        tickets.open_for(session, run, _told(question, given))
    elif stored is not None and given.value != NOTHING:
        tickets.add(session, run, _told(question, given))
    following = next_question(session, run)
    if following is None:
        _finish(session, run)
    session.flush()
    return Outcome(stored is not None, problem, following)


def has_ticket(session: Session, run: SurveyRun) -> bool:
    """Whether somebody will answer what was said in it."""
    return tickets.of_run(session, run) is not None


def decline(session: Session, run: SurveyRun, channel: str) -> None:
    """The customer does not want it. What was answered is kept."""
    if run.state is SurveyState.OPEN:
        run.state, run.finished_at, run.channel = SurveyState.DECLINED, clock.now(), run.channel or channel
        audit.record(session, "customer", "survey_declined", f"survey:{run.id}")
        session.flush()


def _finish(session: Session, run: SurveyRun) -> None:
    if run.state is not SurveyState.OPEN:
        return
    run.state, run.finished_at = SurveyState.FINISHED, clock.now()
    points = definition(run).points
    if points and run.customer_id is not None:
        session.execute(
            insert_into(session, Reward)
            .values(run_id=run.id, customer_id=run.customer_id, points=points, created_at=clock.now())
            .on_conflict_do_nothing()
        )
    audit.record(session, "customer", "survey_finished", f"survey:{run.id}", {"score": run.score})


def _told(question: Question, given: Given) -> str:
    chosen = next((choice.title for choice in question.choices if choice.key == given.value), given.value or "")
    if question.kind == "scale":
        chosen = f"{chosen}分"
    return f"{question.text} {'，'.join(part for part in (chosen, given.text) if part)}"


def _token(run_id: str) -> str:
    return crypto.secret_hash(f"survey link {run_id}")[:32]
