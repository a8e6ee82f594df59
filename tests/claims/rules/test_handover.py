from datetime import datetime
from decimal import Decimal

import pytest

from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.rules.handover import callable_at, is_major, open_at, rules, slots
from claims.vocabulary import Cause, Priority


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-26T08:30", True),  # Thursday
        ("2026-11-26T08:29", False),
        ("2026-11-26T20:30", False),
        ("2026-11-28T08:40", False),  # Saturday: from nine
        ("2026-11-28T17:59", True),
        ("2026-10-01T19:00", False),  # National Day, a Thursday
    ],
)
def test_the_desk_keeps_the_working_calendar(moment: str, is_open: bool) -> None:
    assert open_at(at(moment), "calendar") is is_open
    assert open_at(at(moment), "always")


def test_callbacks_begin_within_hours_and_not_at_once() -> None:
    found = slots(at("2026-11-27T18:45"), 4)
    assert [f"{each:%m-%d %H:%M}" for each in found] == ["11-28 09:00", "11-28 10:00", "11-28 11:00", "11-28 12:00"]
    assert not callable_at(at("2026-11-27T19:00"), at("2026-11-27T18:45"))
    assert not callable_at(at("2026-12-24T10:00"), at("2026-11-27T18:45"))


@pytest.mark.parametrize(
    ("facts", "major"),
    [
        (Facts(cause=Cause.DEATH), True),
        (Facts(injured_count=2), True),
        (Facts(loss_estimate=Decimal("100000.00")), True),
        (Facts(cause=Cause.COLLISION_MULTI, injured_count=1, loss_estimate=Decimal("99999.99")), False),
        (Facts(), False),
    ],
)
def test_what_is_a_major_claim(facts: Facts, major: bool) -> None:
    assert is_major(facts) is major


def test_the_urgent_are_promised_an_answer_sooner() -> None:
    promised = rules().first_response_seconds
    assert promised[Priority.EMERGENCY] < promised[Priority.HIGH] < promised[Priority.NORMAL]
