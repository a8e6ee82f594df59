"""What the desk's pages may ask for, one file a subject. Importing the package registers all of it (desk.door)."""

from desk.operations import (
    accounts,
    board,
    campaigns,
    cases,
    clocks,
    complaints,
    lookup,
    me,
    quality,
    renewals,
    replies,
    reports,
    talks,
    tickets,
    visits,
)

__all__ = [
    "accounts",
    "board",
    "campaigns",
    "cases",
    "clocks",
    "complaints",
    "lookup",
    "me",
    "quality",
    "renewals",
    "replies",
    "reports",
    "talks",
    "tickets",
    "visits",
]
