"""Service-level clocks as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from claims import clock
from claims.clocks import Clock, Standing
from claims.lifecycle import STATE_NAMES
from claims.models import Claim
from claims.rules.service_levels import figure
from desk.shown import span, when
from desk.wording import named, say

Row = dict[str, Any]
HOW = {Standing.RUNNING: "ok", Standing.WARNING: "soon", Standing.BREACHED: "late"}


def clock_row(each: Clock, now: datetime) -> Row:
    """One running clock: of which claim, what ends when, how it stands, and why it was moved."""
    standing = each.standing(now)
    return {
        "claim": each.claim.number,
        "state": STATE_NAMES[each.claim.state],
        "clock": each.rule.key,
        "name": each.rule.name,
        "due": when(each.due),
        "source": figure(each.rule.figure).source,
        "standing": standing.value,
        "how": HOW[standing],
        "left": span((each.due - now).total_seconds()) if each.due > now else "",
        "over": span((now - each.due).total_seconds()) if each.due <= now else "",
        "warned": "" if standing is Standing.RUNNING else when(each.warn_at),
        "movable": each.rule.delay is not None and standing is not Standing.BREACHED,
        "moved": each.delays[-1].reason if each.delays else "",
    }


def pressing(claim: Claim, running: Sequence[Clock]) -> Row:
    """What is next for a claim, and the clock that ends first: text, by when, how it stands (ok, soon, late; off when
    none runs), seconds left."""
    following = named("next", claim.state.value)
    if not running:
        return {"next": following, "due": "", "source": "", "how": "off", "seconds": 0.0}
    now, first = clock.now(), running[0]
    row = clock_row(first, now)
    return {
        "next": say("clock.of", next=following, name=row["name"]),
        "due": row["due"],
        "source": row["source"],
        "how": row["how"],
        "seconds": (first.due - now).total_seconds(),
    }
