"""How many due messages a second two workers prepare: decided on, written, stored in the outbox, committed."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from claims import channel_states, clock, outreach
from claims.database import unit_of_work, upgrade
from claims.models import ChannelState, DueRow, OutboxItem
from claims.outreach import Due
from claims.vocabulary import DueState, OutreachKind
from evaluation.outreach import notices
from evaluation.outreach.people import Case, close, populate
from evaluation.outreach.workers import Clock, Processes
from outreach.purposes import callback

PROMISED = 500.0
MORNING = datetime(2026, 11, 2, 4, tzinfo=UTC)
"""Noon in Shanghai and ten o'clock in Urumqi: every text message may leave."""
TALKS = 0.2
"""Of the messages: callbacks, which begin a talk, are measured with fewer."""


def measure(url: str, count: int, workers: int) -> dict[str, Any]:
    """Notices and callbacks a second. The database must be empty; `problems` says what is not as promised."""
    upgrade(url)
    before = clock.now
    moved = Clock(MORNING - timedelta(hours=1))
    clock.now = moved.now
    try:
        cases = populate(url, count, MORNING - timedelta(hours=6), 0)
        talks = cases[: int(count * TALKS)]
        notices_rate, notices_cpu = _rate(url, moved, workers, cases, talks=False)
        talks_rate, talks_cpu = _rate(url, moved, workers, talks, talks=True)
        figures = {
            "workers": workers,
            "notices": count,
            "notices_a_second": notices_rate,
            "worker_cpu_ms_a_notice": notices_cpu,
            "callbacks": len(talks),
            "callbacks_a_second": talks_rate,
            "worker_cpu_ms_a_callback": talks_cpu,
        }
        with unit_of_work(url, read_only=True) as unit:
            stored = unit.session.scalar(select(func.count()).select_from(OutboxItem)) or 0
    finally:
        clock.now = before
    problems = []
    if stored != count + len(talks):
        problems.append(f"{stored} of {count + len(talks)} messages are in the outbox")
    for what, rate in (("notices", notices_rate), ("callbacks", talks_rate)):
        if rate < PROMISED:
            problems.append(f"fewer than {PROMISED:.0f} {what} a second")
    return {**figures, "problems": problems}


def _rate(url: str, moved: Clock, workers: int, cases: list[Case], *, talks: bool) -> tuple[float, float]:
    """(messages a second, milliseconds of the workers' processor time for each)."""
    moved.set(MORNING - timedelta(hours=1))
    _plan(url, cases, talks=talks)
    team = Processes(url, moved, [notices.__name__, callback.__name__], workers)
    try:
        team.wait_ready()
        begun = time.monotonic()
        moved.set(MORNING)
        while _waiting(url):
            time.sleep(0.05)
        rate = len(cases) / (time.monotonic() - begun)
        time.sleep(0.2)  # the last of the workers' own figures
        return round(rate, 1), round(1000 * team.cpu_seconds / len(cases), 2)
    finally:
        team.close()


def _plan(url: str, cases: list[Case], *, talks: bool) -> None:
    with unit_of_work(url) as unit:
        channel_states.say(unit.session, {"sms": True})
        unit.session.execute(update(ChannelState).values(seen_at=MORNING))
        if talks:
            close(unit.session, cases)
        purpose = callback.PURPOSE.name if talks else notices.NAME
        kind = OutreachKind.SURVEY if talks else OutreachKind.SERVICE
        outreach.plan(
            unit.session,
            purpose,
            kind,
            [
                Due(case.claim_id, MORNING, case.claim_id, customer_id=case.customer_id, claim_id=case.claim_id)
                for case in cases
            ],
        )
        unit.commit()


def _waiting(url: str) -> bool:
    """Whether a row has not been seen to yet; a callback that was begun waits for its answer."""
    query = select(DueRow.id).where(DueRow.state == DueState.WAITING, DueRow.tries == 0)
    with unit_of_work(url, read_only=True) as unit:
        return unit.session.scalar(query.limit(1)) is not None
