"""Renewing policies: which end soon, what the customer said, and who sees to it."""

from claims.renewals.recording import ask, decline, of_policy
from claims.renewals.tasks import assign, get, listing, settle
from claims.renewals.terms import details_known, price, renewable, succeeded

__all__ = [
    "ask",
    "assign",
    "decline",
    "details_known",
    "get",
    "listing",
    "of_policy",
    "price",
    "renewable",
    "settle",
    "succeeded",
]
