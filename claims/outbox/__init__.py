"""The one door through which messages and notices leave: stored first, taken by a sender, then marked."""

from claims.outbox.manual import cancel, get, listing, retry, retry_dead
from claims.outbox.pacing import places
from claims.outbox.replies import hand_over
from claims.outbox.reports import report
from claims.outbox.sending import ATTEMPTS, HOLD, any_due, keep, mark_failed, mark_part, mark_sent, pending
from claims.outbox.storing import (
    NEEDED,
    STORED,
    Leaving,
    Notice,
    enqueue,
    enqueue_for_desk,
    enqueue_many,
    enqueue_message,
    enqueue_messages,
)

__all__ = [
    "ATTEMPTS",
    "HOLD",
    "NEEDED",
    "STORED",
    "Leaving",
    "Notice",
    "any_due",
    "cancel",
    "enqueue",
    "enqueue_for_desk",
    "enqueue_many",
    "enqueue_message",
    "enqueue_messages",
    "get",
    "hand_over",
    "keep",
    "listing",
    "mark_failed",
    "mark_part",
    "mark_sent",
    "pending",
    "places",
    "report",
    "retry",
    "retry_dead",
]
