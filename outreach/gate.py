"""Whether something may be said to a customer now, later or never, and on which channels. Pure: reads no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from claims import consent
from claims.models import DueRow
from claims.outreach.people import WEEK, Address, Person
from claims.rules.calendar import add_working_days, is_working_day
from claims.rules.quiet_hours import quiet_until
from claims.vocabulary import OutreachKind
from outreach.policy import Policy
from outreach.purpose import Purpose

MORNING = time(9, 0)
CHATS = frozenset({"wechat", "telegram"})
_CAPPED = frozenset({OutreachKind.SALES, OutreachKind.SURVEY})
DAY = timedelta(days=1)
NO_GATEWAY = timedelta(seconds=15)
"""While no gateway has said that it is there: it is just being started, or started again."""


@dataclass(frozen=True, slots=True)
class Go:
    """On these channels, the best first. refused: why the others are out."""

    channels: tuple[str, ...]
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Never:
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


Decision = Go | Wait | Never


def decide(
    purpose: Purpose, row: DueRow, person: Person, on: Mapping[str, bool], tried: list[str], now: datetime, own: Policy
) -> Decision:
    """on: channels that can send → whether beyond their window too. tried: channels used for this row, in order."""
    if person.opted_out:
        return Never("opted_out")
    if purpose.kind is OutreachKind.SALES and person.in_dispute:
        return Wait(now + DAY, "open_dispute")
    if purpose.kind in _CAPPED and (free_at := _busy_until(person, now, own)) is not None:
        return Wait(free_at, "in_talk")
    local = now.astimezone(ZoneInfo(person.zone))
    if purpose.working_days and not is_working_day(local.date()):
        until = datetime.combine(add_working_days(local.date(), 0), MORNING, local.tzinfo)
        return Wait(until, "not_a_working_day", _until(until))
    if not row.tries and (full_until := _cap(purpose.kind, person, own)) is not None:
        return Wait(full_until, "weekly_cap", _until(full_until))
    return _channels(purpose, row, person, on, tried, now, own)


def _busy_until(person: Person, now: datetime, own: Policy) -> datetime | None:
    """When a talk that is under way, with the bot or with a person, will probably be over."""
    pause = timedelta(minutes=own.talk_minutes)
    wrote = max((way.wrote_at for way in person.addresses.values() if way.wrote_at), default=None)
    if wrote is not None and wrote + pause > now:
        return wrote + pause
    return now + pause if person.in_talk else None


def _cap(kind: OutreachKind, person: Person, own: Policy) -> datetime | None:
    """When the first touch falls out of the week, while the week is full."""
    if kind not in _CAPPED:
        return None
    first: dict[str, datetime] = {}
    of_kind: dict[str, datetime] = {}
    for touch in person.touches:
        if touch.kind in _CAPPED:
            first.setdefault(touch.due_id, touch.at)
            if touch.kind is kind:
                of_kind.setdefault(touch.due_id, touch.at)
    ends = []
    for matters, most in ((of_kind, own.weekly.get(kind)), (first, own.weekly_all)):
        if most is not None and len(matters) >= most:
            ends.append(sorted(matters.values())[-most] + WEEK)
    return max(ends, default=None)


def _channels(
    purpose: Purpose, row: DueRow, person: Person, on: Mapping[str, bool], tried: list[str], now: datetime, own: Policy
) -> Decision:
    refused: dict[str, str] = {}
    opens: dict[str, datetime | None] = {}
    for channel in _order(purpose, person, tried, now, own):
        way = person.addresses.get(channel)
        if way is None:
            continue
        why = _refusal(purpose.kind, person, way, on, now, own)
        if why is not None:
            refused[channel] = why
        else:
            opens[channel] = quiet_until(channel, person.zone, now)
    open_now = tuple(channel for channel, until in opens.items() if until is None)
    best = next(iter(opens.values()), None)
    if best is not None and (not open_now or best < _latest(row, now)):
        # The better channel is quiet. What is open is taken only where waiting would be too late.
        until = min(until for until in opens.values() if until is not None) if not open_now else best
        return Wait(until, "quiet_hours", _until(until))
    if open_now:
        return Go(open_now, refused)
    if refused and set(refused.values()) <= {"no_consent", "gone"}:
        return Never("no_consent" if "no_consent" in refused.values() else "no_channel", {"channels": refused})
    if not on:
        pause = NO_GATEWAY
    else:
        pause = timedelta(hours=2) if "calls" in refused.values() else timedelta(minutes=10)
    return Wait(now + pause, "no_channel", {"channels": refused})


def _latest(row: DueRow, now: datetime) -> datetime:
    """How long a better channel may be waited for."""
    limits = [limit for limit in (row.start_by if not row.tries else None, row.expires_at) if limit is not None]
    return min(limits, default=now + DAY)


def _order(purpose: Purpose, person: Person, tried: list[str], now: datetime, own: Policy) -> list[str]:
    """The customer's wish, a chat they used lately, then the purpose's own order; least tried first."""
    since = now - timedelta(days=own.recent_chat_days)
    lately = [
        way.channel
        for way in sorted(person.addresses.values(), key=lambda way: way.wrote_at or since, reverse=True)
        if way.channel in CHATS and way.wrote_at is not None and way.wrote_at > since
    ]
    wish = [person.customer.preferred_channel] if person.customer.preferred_channel else []
    order = [each for each in dict.fromkeys([*wish, *lately, *purpose.channels]) if each in purpose.channels]
    return sorted(order, key=lambda channel: tried.count(channel))


def _refusal(
    kind: OutreachKind, person: Person, way: Address, on: Mapping[str, bool], now: datetime, own: Policy
) -> str | None:
    if way.gone:
        return "gone"
    unless = kind not in own.consent_needed
    if way.refused or not consent.allows(person.consents, way.channel, kind, unless=unless):
        return "no_consent"
    if way.channel not in on:
        return "off"
    if way.channel in CHATS and way.conversation_id is None:
        return "gone"
    if not on[way.channel] and not (way.wrote_at and now - way.wrote_at < timedelta(hours=own.window_hours)):
        return "window"
    if way.channel == "voice":
        calls = sum(1 for touch in person.touches if touch.channel == "voice" and touch.at > now - DAY)
        if calls >= own.calls_per_day:
            return "calls"
    return None


def _until(moment: datetime) -> dict[str, Any]:
    return {"until": moment.isoformat()}
