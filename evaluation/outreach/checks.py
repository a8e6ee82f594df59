"""What is checked at the end of a month, from the raw rows and in other words than the product's."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from claims import crypto
from claims.database import engine_for
from evaluation.outreach.people import Case

URUMQI = frozenset({"乌鲁木齐", "喀什"})
SENT = ("sent", "delivered", "failed")


def check(url: str, cases: list[Case], opted_out: dict[str, datetime]) -> tuple[dict[str, Any], list[str]]:
    """(figures, what is not as promised)."""
    by_index = {crypto.blind_index(case.phone): case for case in cases}
    with engine_for(url).connect() as connection:
        sent = _sent(connection, by_index)
        answered = _first_answers(connection)
        problems = [*_quiet(sent), *_after_opt_out(sent, opted_out), *_twice(connection)]
    within = sum(
        1
        for case in cases
        if case.claim_id in answered and answered[case.claim_id] <= case.closed_at + timedelta(hours=72)
    )
    begun: dict[str, datetime] = {}
    for case, _, at in sent:
        begun[case.claim_id] = min(at, begun.get(case.claim_id, at))
    in_a_day = sum(1 for case in cases if begun.get(case.claim_id, _NEVER) <= case.closed_at + timedelta(hours=24))
    figures = {
        "claims_closed": len(cases),
        "messages_and_calls": len(sent),
        "by_channel": dict(Counter(channel for _, channel, _ in sent)),
        "begun_within_24_h": in_a_day,
        "answered_within_72_h": within,
        "coverage": within / len(cases),
    }
    return figures, problems


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def _sent(connection: Connection, by_index: dict[str, Case]) -> list[tuple[Case, str, datetime]]:
    rows = connection.execute(
        text(
            "SELECT i.address_index, i.channel, i.sent_at FROM outbox_items i JOIN outreach_touches t"
            " ON t.outbox_id = i.id WHERE i.sent_at IS NOT NULL AND t.purpose = 'survey'"
        )
    )
    return [(by_index[index], channel, _moment(at)) for index, channel, at in rows]


def _first_answers(connection: Connection) -> dict[str, datetime]:
    rows = connection.execute(
        text(
            "SELECT r.claim_id, MIN(a.at) FROM survey_answers a JOIN survey_runs r ON r.id = a.run_id"
            " WHERE r.round = 1 GROUP BY r.claim_id"
        )
    )
    return {claim_id: _moment(at) for claim_id, at in rows}


def _quiet(sent: list[tuple[Case, str, datetime]]) -> list[str]:
    found = []
    for case, channel, at in sent:
        local = at.astimezone(ZoneInfo("Asia/Urumqi" if case.city in URUMQI else "Asia/Shanghai"))
        night = local.hour >= 21 or local.hour < 9
        noon = channel == "voice" and 12 <= local.hour < 14
        if channel in ("voice", "sms") and (night or noon):
            found.append(f"{channel} at {local:%H:%M} local time")
    return found


def _after_opt_out(sent: list[tuple[Case, str, datetime]], opted_out: dict[str, datetime]) -> list[str]:
    return [
        f"{channel} {at - opted_out[case.claim_id]} after an opt-out"
        for case, channel, at in sent
        if case.claim_id in opted_out and at > opted_out[case.claim_id]
    ]


def _twice(connection: Connection) -> list[str]:
    """One row a claim, each try of it once, one item a try, each question answered once, points granted once."""
    asked = {
        "claims with two callbacks": "SELECT COUNT(*) FROM (SELECT subject FROM outreach_due WHERE purpose = 'survey'"
        " GROUP BY subject HAVING COUNT(*) > 1) x",
        "tries made twice": "SELECT COUNT(*) FROM (SELECT due_id FROM outreach_touches GROUP BY due_id, number"
        " HAVING COUNT(*) > 1) x",
        "items of no try": "SELECT COUNT(*) FROM outbox_items i WHERE i.purpose = 'survey' AND NOT EXISTS"
        " (SELECT 1 FROM outreach_touches t WHERE t.outbox_id = i.id)",
        "rows whose tries do not add up": "SELECT COUNT(*) FROM outreach_due d WHERE d.tries <>"
        " (SELECT COUNT(*) FROM outreach_touches t WHERE t.due_id = d.id)",
        "questions answered twice": "SELECT COUNT(*) FROM (SELECT run_id FROM survey_answers GROUP BY run_id, question"
        " HAVING COUNT(*) > 1) x",
        "rows left by dead workers": "SELECT COUNT(*) FROM outreach_due WHERE state = 'waiting' AND worker IS NOT NULL",
        "rows given up": "SELECT COUNT(*) FROM outreach_due WHERE state = 'failed'",
    }
    counts = {name: connection.execute(text(query)).scalar_one() for name, query in asked.items()}
    return [f"{count} {name}" for name, count in counts.items() if count]


def _moment(value: datetime | str) -> datetime:
    """SQLite gives text."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
