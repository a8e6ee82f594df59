"""When it happened: the day and the hour may be said in two sentences, and corrected one without the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from claims.clock import SHANGHAI
from claims.reporting.heard import Heard, Refused
from claims.rules.cover import FUTURE_TOLERANCE

#: Older events are claimed through a person: the right to claim lapses after two years (Insurance Law art. 26).
OLDEST = timedelta(days=2 * 366)
_DAY_SAID = re.compile(
    r"今|昨|明|[前后後]天|前日|前儿|前晚|大前|[号號日周週月年节節]|星期|礼拜|禮拜|刚|剛|方才|现在|現在|前$|前[，,。 ]|"
    r"以前|之前|小时|小時|钟头|鐘頭|分钟|分鐘|\d[-/.]\d"
)
_NIGHT_OR_MORNING = re.compile(r"凌晨|半夜|夜|早|晨|上午")
_HALF_SAID = re.compile(r"[晨夜早晚午昏]|[ap]\.?m|(?<!\d)0\d[:：]", re.IGNORECASE)
_NOT_SO = re.compile(r"不是[^,，。;；是]*(?=[,，。;；\s]*(?:而|应该|應該)?是)")


@dataclass(frozen=True, slots=True)
class Told:
    """A time as said; day_only: without an hour. Or why it cannot be right."""

    when: datetime
    day_only: bool
    refused: Refused | None = None


def told(said: str, heard: Heard, known: datetime | None) -> Told:
    """The time a message gives (ISO 8601, a date alone for a day), in the light of the one known before."""
    day_only = "T" not in said
    when = datetime.fromisoformat(said)
    if when.tzinfo is None:
        when = when.replace(tzinfo=SHANGHAI)
    if known is not None:
        before = known.astimezone(SHANGHAI)
        if day_only and heard.corrects:
            # "不对，是前天" corrects the day; the hour that was said still holds.
            when = datetime.combine(when.date(), before.timetz())
            day_only = is_day_only(before)
        elif not day_only and not _DAY_SAID.search(heard.text):
            when = _on_the_day(when.astimezone(SHANGHAI), before, heard)
    return Told(when, day_only, refused(when, heard.now))


def refused(when: datetime, now: datetime) -> Refused | None:
    """Why a time of loss cannot be right."""
    if when > now + FUTURE_TOLERANCE:
        return Refused.FUTURE
    return Refused.TOO_OLD if when < now - OLDEST else None


def is_day_only(when: datetime) -> bool:
    """Whether a stored time stands for a whole day: midnight in Shanghai."""
    return when.astimezone(SHANGHAI).time() == time.min


def is_hour_of(when: datetime | None, day: datetime | None) -> bool:
    """Whether `day` stands for a whole day, and `when` lies in it."""
    if when is None or day is None or not is_day_only(day):
        return False
    return when.astimezone(SHANGHAI).date() == day.astimezone(SHANGHAI).date()


def _on_the_day(hour: datetime, day: datetime, heard: Heard) -> datetime:
    """ "两点" after "昨天": an hour of the day known. A bare 1 to 6 o'clock is in the afternoon; where an hour was
    known, "不是八点，是九点" is of the half of the day that is nearer to it and has been."""
    on_day = datetime.combine(day.date(), hour.timetz())
    if not is_day_only(day) and 1 <= on_day.hour <= 11 and not _HALF_SAID.search(_NOT_SO.sub("", heard.text)):
        later = on_day + timedelta(hours=12)
        halves = [on_day, later] if later <= heard.now + FUTURE_TOLERANCE else [on_day]
        return min(halves, key=lambda each: abs(each - day))
    if 1 <= on_day.hour <= 6 and not _NIGHT_OR_MORNING.search(heard.text):
        on_day += timedelta(hours=12)
    return on_day
