"""The pages, one file each. Importing the package registers them with NiceGUI."""

from desk.pages import (
    accounts,
    audit,
    board,
    campaigns,
    case,
    cases,
    clocks,
    complaints,
    home,
    quality,
    renewals,
    reports,
    talks,
    tickets,
)

__all__ = [
    "accounts",
    "audit",
    "board",
    "campaigns",
    "case",
    "cases",
    "clocks",
    "complaints",
    "home",
    "quality",
    "renewals",
    "reports",
    "talks",
    "tickets",
]
