"""The decision whether something may be said now: quiet hours, caps, disputes, calendar, windows. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claims.clock import SHANGHAI
from claims.models import Customer, DueRow, Touch
from claims.outreach.people import Address, Person
from claims.vocabulary import OutreachKind
from outreach.gate import Decision, Go, Never, Wait, decide
from outreach.policy import policy
from tests.outreach.purposes import purpose

ON = {"sms": True, "voice": True, "wechat": False}


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    """A Wednesday in November 2026, Shanghai time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def person() -> Person:
    ways = {name: Address(name, "13800138001") for name in ("sms", "voice")}
    return Person(Customer(name="张伟", phone="13800138001", phone_index=""), "Asia/Shanghai", ways)


def asked(person: Person, now: datetime, *, tried: tuple[str, ...] = (), **more: object) -> Decision:
    limits = {name: more.pop(name, None) for name in ("start_by", "expires_at")}
    row = DueRow(id="1", tries=len(tried), **limits)
    return decide(purpose(**more), row, person, ON, list(tried), now, policy())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "channels"),
    [
        (at(8, 59), None),
        (at(9), ("sms", "voice")),
        (at(11, 57), ("sms", "voice")),
        (at(12), ("sms",)),
        (at(14), ("sms", "voice")),
        (at(20, 57), ("sms", "voice")),
        (at(20, 59), None),
        (at(23), None),
    ],
)
def test_calls_and_texts_keep_quiet_hours(person: Person, moment: datetime, channels: tuple[str, ...] | None) -> None:
    decision = asked(person, moment)
    assert (decision.channels if isinstance(decision, Go) else None) == channels
    if channels is None:
        assert isinstance(decision, Wait)
        assert decision.reason == "quiet_hours"
        assert decision.until.astimezone(SHANGHAI).hour == 9


def test_another_city_lives_by_its_own_clock(person: Person) -> None:
    person.zone = "Asia/Urumqi"
    assert isinstance(asked(person, at(10)), Wait)
    assert isinstance(asked(person, at(22)), Go)


def test_a_better_channel_is_waited_for_unless_that_is_too_late(person: Person) -> None:
    person.customer.preferred_channel = "voice"
    assert asked(person, at(12, 30)) == Wait(
        at(14).astimezone(SHANGHAI), "quiet_hours", {"until": at(14).astimezone(SHANGHAI).isoformat()}
    )
    late = asked(person, at(12, 30), start_by=at(13))
    assert isinstance(late, Go)
    assert late.channels == ("sms",)


def test_who_wants_nothing_gets_nothing(person: Person) -> None:
    person.opted_out = True
    assert asked(person, at(10)) == Never("opted_out")


@pytest.mark.parametrize("kind", [OutreachKind.SALES, OutreachKind.SURVEY])
def test_a_refusal_of_one_kind_stops_that_kind_alone(person: Person, kind: OutreachKind) -> None:
    person.consents = {("*", str(kind)): False}
    assert isinstance(asked(person, at(10), kind=kind), Never)
    assert isinstance(asked(person, at(10), kind=OutreachKind.SERVICE), Go)


def test_nothing_is_sold_during_a_dispute(person: Person) -> None:
    person.in_dispute = True
    sales = asked(person, at(10), kind=OutreachKind.SALES)
    assert isinstance(sales, Wait)
    assert sales.reason == "open_dispute"
    assert isinstance(asked(person, at(10), kind=OutreachKind.SERVICE), Go)


def test_who_talks_to_a_person_is_not_interrupted(person: Person) -> None:
    person.in_talk = True
    assert isinstance(asked(person, at(10), kind=OutreachKind.SURVEY), Wait)
    assert isinstance(asked(person, at(10), kind=OutreachKind.SERVICE), Go)


def _touches(kind: OutreachKind, *days_ago: int) -> list[Touch]:
    return [Touch(due_id=str(days), kind=kind, channel="sms", at=at(10) - timedelta(days=days)) for days in days_ago]


def test_a_full_week_ends_when_the_first_matter_falls_out_of_it(person: Person) -> None:
    person.touches = _touches(OutreachKind.SALES, 5, 3)
    decision = asked(person, at(10), kind=OutreachKind.SALES)
    assert isinstance(decision, Wait)
    assert decision.reason == "weekly_cap"
    assert decision.until == at(10) + timedelta(days=2)
    assert isinstance(asked(person, at(10), kind=OutreachKind.SURVEY), Go)
    assert isinstance(asked(person, at(10), kind=OutreachKind.SERVICE), Go)


def test_a_repeat_is_no_new_matter(person: Person) -> None:
    person.touches = [*_touches(OutreachKind.SALES, 5), *_touches(OutreachKind.SALES, 5)]
    assert isinstance(asked(person, at(10), kind=OutreachKind.SALES), Go)


def test_sales_wait_for_a_working_day_where_they_must(person: Person) -> None:
    sunday = asked(person, at(10, day=29), working_days=True)
    assert isinstance(sunday, Wait)
    assert sunday.until == datetime(2026, 11, 30, 9, tzinfo=SHANGHAI)


def test_nobody_is_called_more_often_than_twice_a_day(person: Person) -> None:
    person.touches = [Touch(due_id=str(n), kind=OutreachKind.SERVICE, channel="voice", at=at(9)) for n in range(2)]
    decision = asked(person, at(10))
    assert isinstance(decision, Go)
    assert decision.refused == {"voice": "calls"}


def test_wechat_is_closed_two_days_after_the_last_message(person: Person) -> None:
    wechat = Address("wechat", "openid", "talk", at(10, day=24))
    person.addresses["wechat"] = wechat
    channels = ("sms", "wechat")
    inside = asked(person, at(10), channels=channels)
    assert isinstance(inside, Go)
    assert inside.channels[0] == "wechat", "a chat used lately goes before the usual channel"
    person.addresses["wechat"] = replace(wechat, wrote_at=at(10, day=20))
    outside = asked(person, at(10), channels=channels)
    assert isinstance(outside, Go)
    assert outside.refused == {"wechat": "window"}


def test_without_any_way_to_the_customer_the_row_says_so(person: Person) -> None:
    person.addresses = {"sms": Address("sms", "13800138001", gone=True)}
    assert asked(person, at(10)) == Never("no_channel", {"channels": {"sms": "gone"}})
