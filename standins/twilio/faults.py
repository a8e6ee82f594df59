"""What can go wrong at the provider, set by a test or a person; everything works until something is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["delivered", "silent"] | int
"""What becomes of a message that was accepted: it arrives, nothing is ever reported, or it fails with this code."""


@dataclass
class Faults:
    """outage: how many of the next requests are answered with `status` (429 carries Retry-After: `retry_after`).

    slow: seconds before an answer. refused: number → code with which a message to it is refused at once. fate: number →
    what becomes of it later. backwards: states are reported last first. reports: how often each state is reported.
    """

    outage: int = 0
    status: int = 503
    retry_after: int | None = None
    slow: float = 0.0
    refused: dict[str, int] = field(default_factory=dict)
    fate: dict[str, Fate] = field(default_factory=dict)
    backwards: bool = False
    reports: int = 1
