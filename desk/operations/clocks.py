"""Service-level clocks at the desk: what ends when, what was warned of, and telling a customer of a delay."""

from __future__ import annotations

from typing import Any

from claims import casework, clock, clocks
from claims.errors import NotFound
from claims.staff import Right
from desk.access import Desk
from desk.clock_rows import clock_row
from desk.door import operation
from desk.problems import Refused
from desk.shown import moment_of, when

SHOWN = 200


@operation(Right.READ_CLAIMS)
def list_clocks(desk: Desk, standing: str = "all") -> list[dict[str, Any]]:
    """standing: all, warning or breached; what ends first comes first."""
    now = clock.now()
    found = [each for each in clocks.running(desk.session) if standing in ("all", each.standing(now))][:SHOWN]
    desk.note("clocks_listed", "clocks", {"count": len(found)})
    return [clock_row(each, now) for each in found]


@operation(Right.READ_CLAIMS)
def list_alerts(desk: Desk) -> list[dict[str, Any]]:
    """Those that nobody has taken note of, newest first."""
    found = clocks.listing(desk.session, unseen=True, limit=SHOWN)
    return [
        {
            "id": each.id,
            "kind": each.kind.value,
            "claim": each.claim.number,
            "text": clocks.text_of(each),
            "at": when(each.created_at),
        }
        for each in found
    ]


@operation(Right.READ_CLAIMS)
def see_alert(desk: Desk, alert_id: str) -> bool:
    """Take note of it."""
    clocks.see(desk.session, alert_id, desk.actor)
    return True


@operation(Right.REVIEW_MATERIALS)
def tell_delay(desk: Desk, number: str, key: str, reason: str, until: str) -> bool:
    """Move a promise; the customer reads reason and new time. until: 2026-01-31 09:30."""
    if not reason.strip():
        raise Refused(422, "text_needed")
    claim = casework.find_claim(desk.session, number)
    if claim is None:
        raise NotFound("no such claim")
    clocks.tell(desk.session, claim, key, reason=reason.strip()[:200], until=moment_of(until), actor=desk.actor)
    return True
