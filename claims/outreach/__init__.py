"""What is due to be said of our own accord: planned once, taken by one worker at a time, settled with a reason."""

from claims.outreach.due import (
    LEASE,
    MOST_TAKES,
    Due,
    any_due,
    backed_off,
    finished,
    held,
    let_go,
    plan,
    postponed,
    sent,
    skipped,
    take,
    unplanned,
)
from claims.outreach.listing import get, listing, touches_of
from claims.outreach.reasons import tell

__all__ = [
    "LEASE",
    "MOST_TAKES",
    "Due",
    "any_due",
    "backed_off",
    "finished",
    "get",
    "held",
    "let_go",
    "listing",
    "plan",
    "postponed",
    "sent",
    "skipped",
    "take",
    "tell",
    "touches_of",
    "unplanned",
]
