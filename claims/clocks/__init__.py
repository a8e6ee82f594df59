"""Service-level clocks: what runs, who is warned, and how a delay is told."""

from claims.clocks.alerts import listing, raise_alert, say, see, text_of
from claims.clocks.delays import move, tell
from claims.clocks.running import Clock, Run, Standing, by_claim, running, runs

__all__ = [
    "Clock",
    "Run",
    "Standing",
    "by_claim",
    "listing",
    "move",
    "raise_alert",
    "running",
    "runs",
    "say",
    "see",
    "tell",
    "text_of",
]
