"""A month in which claims are closed at every hour, by a clock that is moved: workers work and are killed, a gateway of
one line sends, customers of every kind answer or do not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import channel_states, clock, outbox
from claims.database import unit_of_work, upgrade
from claims.models import DueRow
from claims.surveys import figures
from claims.vocabulary import DueState
from evaluation.outreach.checks import check
from evaluation.outreach.customers import Crowd
from evaluation.outreach.people import Case, close, populate
from evaluation.outreach.workers import Clock, InThisProcess, Processes, Team
from outreach.engine import Engine
from outreach.purpose import Purpose
from outreach.purposes import purposes

BEGINS = datetime(2026, 11, 1, tzinfo=UTC)
AFTERWARDS = timedelta(days=6)
FAILS = 0.02
"""Of the calls and texts: the provider takes them at a later try."""
CHANNELS = {"sms": True, "voice": True}
MODULES = ("outreach.purposes.callback", "outreach.purposes.second_callback", "outreach.purposes.ticket_answer")
OURS = ("survey", "second_survey", "ticket_answer")
"""Callbacks alone: notices and clocks of the same claims have tests of their own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """claims closed over so many days. kills: how many workers die in the month. processes: real ones. step: how far
    the clock is moved each time."""

    claims: int = 10_000
    days: int = 30
    kills: int = 40
    processes: bool = True
    step: timedelta = timedelta(minutes=30)
    seed: int = 1


def run(plan: Plan, url: str, tell: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Figures and `problems` (empty when everything is as promised). The database must be empty."""
    random.seed(plan.seed)
    upgrade(url)
    moved = Clock(BEGINS)
    with _present(moved):
        cases = populate(url, plan.claims, BEGINS, plan.days)
        tell(f"{plan.claims} customers are there")
        team: Team = Processes(url, moved, MODULES) if plan.processes else InThisProcess(url, _ours())
        try:
            month = _Month(url, cases, team, moved, plan)
            month.live(tell)
        finally:
            team.close()
        return month.verdict()


class _Month:
    def __init__(self, url: str, cases: list[Case], team: Team, moved: Clock, plan: Plan) -> None:
        self._url, self._cases, self._team, self._clock, self._plan = url, cases, team, moved, plan
        self._crowd = Crowd({case.phone: case for case in cases})
        self._planner = Engine(_ours(), "planner", url)
        self._ends = BEGINS + timedelta(days=plan.days) + AFTERWARDS
        self._closing = sorted(cases, key=lambda case: case.closed_at, reverse=True)
        self._seconds = 0.0

    def live(self, tell: Callable[[str], None]) -> None:
        begun = time.monotonic()
        step_size = self._plan.step
        steps, a_day = int((self._ends - BEGINS) / step_size), int(timedelta(days=1) / step_size)
        kills = set(random.sample(range(steps), min(self._plan.kills, steps)))
        for step in range(steps):
            self._clock.set(BEGINS + step_size * (step + 1))
            self._move(step in kills)
            if (step + 1) % a_day == 0:
                tell(f"day {(step + 1) // a_day}: {time.monotonic() - begun:.0f} s")
        self._seconds = time.monotonic() - begun

    def _move(self, kill: bool) -> None:
        now = self._clock.now()
        with unit_of_work(self._url) as unit:
            channel_states.say(unit.session, CHANNELS)
            ready = []
            while self._closing and self._closing[-1].closed_at <= now:
                ready.append(self._closing.pop())
            close(unit.session, ready)
            self._crowd.act(unit.session, now)
            unit.commit()
        self._planner.plan()
        if kill:
            self._team.kill_one()
        self._team.settle()
        while self._send():
            pass
        with unit_of_work(self._url) as unit:
            self._crowd.act(unit.session, now)
            unit.commit()

    def _send(self) -> bool:
        """What the gateways do, without a provider: take, hand over, mark."""
        with unit_of_work(self._url) as unit:
            if not outbox.any_due(unit.session):
                return False
            items = outbox.pending(unit.session, 200)
            for item in items:
                if random.random() < FAILS:
                    outbox.mark_failed(unit.session, item, "busy", retry_after=3_600)
                else:
                    outbox.mark_sent(unit.session, item)
                    self._crowd.reached(unit.session, item, self._clock.now())
            unit.commit()
        return bool(items)

    def verdict(self) -> dict[str, Any]:
        counted, problems = check(self._url, self._cases, self._crowd.opted_out)
        with unit_of_work(self._url, read_only=True) as unit:
            covered = figures.covered(unit.session, BEGINS, self._ends)
            started = figures.started(unit.session, BEGINS, self._ends)
            counted["satisfied"] = figures.satisfied(unit.session, BEGINS, self._ends).share
            problems += _left(unit.session, self._ends)
        if (covered.count, covered.of) != (counted["answered_within_72_h"], counted["claims_closed"]):
            problems.append(f"the report says {covered.count} of {covered.of} were covered")
        if started.of != counted["claims_closed"]:
            problems.append(f"the report knows of {started.of} closings")
        return {
            **counted,
            "report_says_covered": covered.count,
            "opted_out": len(self._crowd.opted_out),
            "workers_killed": getattr(self._team, "killed", 0),
            "seconds": round(self._seconds, 1),
            "problems": problems,
        }


def _ours() -> dict[str, Purpose]:
    return {name: purpose for name, purpose in purposes().items() if name in OURS}


def _left(session: Session, ends: datetime) -> list[str]:
    """Callbacks that nobody saw to."""
    overdue = select(DueRow.id).where(
        DueRow.state == DueState.WAITING, DueRow.purpose == "survey", DueRow.next_at < ends - timedelta(hours=1)
    )
    count = len(list(session.scalars(overdue)))
    return [f"{count} callbacks that nobody saw to"] if count else []


@contextmanager
def _present(moved: Clock) -> Iterator[None]:
    before = clock.now
    clock.now = moved.now
    try:
        yield
    finally:
        clock.now = before
