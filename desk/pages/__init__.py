"""The pages, one file each. Importing the package registers them with NiceGUI."""

from desk.pages import (
    accounts,
    audit,
    board,
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
