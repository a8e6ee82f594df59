"""Every purpose, one line each. A purpose's module offers `PURPOSE`, an outreach.purpose.Purpose."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from outreach.purpose import Purpose

MODULES: tuple[str, ...] = (
    "outreach.purposes.callback",
    "outreach.purposes.clock",
    "outreach.purposes.delay",
    "outreach.purposes.education",
    "outreach.purposes.progress",
    "outreach.purposes.renewal",
    "outreach.purposes.second_callback",
    "outreach.purposes.ticket_answer",
)


@cache
def purposes() -> dict[str, Purpose]:
    """Name → purpose. ValueError when two have the same name."""
    found: dict[str, Purpose] = {}
    for module in MODULES:
        purpose: Purpose = import_module(module).PURPOSE
        if purpose.name in found:
            raise ValueError(f"two purposes are called {purpose.name}")
        found[purpose.name] = purpose
    return found
