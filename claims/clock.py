"""The one place that asks what time it is, so that tests can replace it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC. Call it as `clock.now()`: a name imported from here cannot be replaced."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment as people in Shanghai read it. `moment` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown: make it aware first")
    return moment.astimezone(SHANGHAI)


def today() -> date:
    """The present calendar day in Shanghai."""
    return local(now()).date()
