"""What text messages cost, against what may be spent: segments of one message, and of all in a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import clock
from claims.clock import SHANGHAI
from claims.models import Touch
from claims.segments import segments
from outreach.policy import Policy


class Room(Enum):
    YES = "yes"
    TOO_LONG = "too long"
    SPENT = "spent"


class Segments:
    """Of one batch. What other workers spend at the same moment is seen by the next."""

    def __init__(self, session: Session, own: Policy) -> None:
        self._session, self._own = session, own
        self._spent: int | None = None

    def room_for(self, text: str) -> Room:
        """Whether one more may be sent today; it counts as sent if so."""
        needed = segments(text)
        if needed > self._own.sms_segments:
            return Room.TOO_LONG
        if self._spent is None:
            self._spent = self._today()
        if self._spent + needed > self._own.sms_segments_per_day:
            return Room.SPENT
        self._spent += needed
        return Room.YES

    def tomorrow(self) -> datetime:
        """When the next day's budget begins (Shanghai)."""
        return datetime.combine(clock.today() + timedelta(days=1), time(0), SHANGHAI)

    def _today(self) -> int:
        begun = datetime.combine(clock.today(), time(0), SHANGHAI)
        total = select(func.coalesce(func.sum(Touch.segments), 0)).where(Touch.at >= begun)
        return int(self._session.scalar(total) or 0)
