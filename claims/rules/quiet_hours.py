"""When customers must not be disturbed by a call or a text message of ours, in their own local time."""

from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from claims.rules.loading import DATA, Rule, read_rules
from lipei.settings import get_settings


class QuietHours(Rule):
    """quiet: by channel, (from, until) as times of day; one that ends earlier than it begins passes midnight."""

    quiet: dict[str, tuple[tuple[time, time], ...]]
    lead_minutes: int = Field(ge=0, le=60)
    zone: str
    zones: dict[str, str]

    @field_validator("zone", "zones")
    @classmethod
    def _known(cls, value: str | dict[str, str]) -> str | dict[str, str]:
        for name in [value] if isinstance(value, str) else value.values():
            try:
                ZoneInfo(name)
            except ZoneInfoNotFoundError as error:
                raise ValueError(f"{name} is no time zone") from error
        return value


@cache
def load(directory: Path) -> QuietHours:
    """quiet_hours.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "quiet_hours.yml", QuietHours)


def zone_of(city: str | None) -> str:
    """The time zone in which people of this city live (IANA name)."""
    rules = load(DATA)
    return rules.zones.get((city or "").removesuffix("市"), rules.zone)


def quiet_until(channel: str, zone: str, moment: datetime) -> datetime | None:
    """When people in `zone` may be disturbed on this channel again (aware); None: they may be at `moment`."""
    if not get_settings().quiet_hours:
        return None
    rules = load(DATA)
    spans = rules.quiet.get(channel, ())
    ends = None
    at = moment
    # What ends one span may begin the next.
    while (end := _end(spans, at.astimezone(ZoneInfo(zone)))) is not None:
        ends = at = end
    if ends is None and (lead := timedelta(minutes=rules.lead_minutes)):
        later = (moment + lead).astimezone(ZoneInfo(zone))
        ends = _end(spans, later)
    return ends


def _end(spans: tuple[tuple[time, time], ...], local: datetime) -> datetime | None:
    now = local.time().replace(tzinfo=None)
    for begins, ends in spans:
        over_midnight = ends <= begins
        inside = (now >= begins or now < ends) if over_midnight else begins <= now < ends
        if inside:
            day = local.date() + timedelta(days=1) if over_midnight and now >= begins else local.date()
            return datetime.combine(day, ends, local.tzinfo)
    return None
