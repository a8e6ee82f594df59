"""Reading every rule file at start, so that a mistake in one stops the start and not a customer's report."""

from pathlib import Path

from claims.handover import mood
from claims.rules import (
    causes,
    checklist,
    clocks,
    cover_names,
    cover_questions,
    handover,
    plans,
    questions,
    quiet_hours,
    renewals,
    service_levels,
)
from claims.rules.loading import DATA


def check_rules(directory: Path = DATA) -> None:
    """Read and validate all rule files of a directory; RuleFileError names the first file that is wrong.

    The rules stay in memory, so that the first customer does not wait for them.
    """
    for module in (
        causes,
        checklist,
        clocks,
        cover_names,
        cover_questions,
        handover,
        mood,
        plans,
        questions,
        quiet_hours,
        renewals,
        service_levels,
    ):
        module.load(directory)
