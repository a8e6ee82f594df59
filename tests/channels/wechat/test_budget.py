"""How many service messages may follow what the customer did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from channels.base import Kind, Window
from channels.wechat.budget import allows

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


def after_a_message(since: datetime, *pushed: datetime) -> Window:
    return Window(since, Kind.TEXT, since, pushed)


def after_a_tap(since: datetime, *pushed: datetime, spoke_at: datetime | None = None) -> Window:
    return Window(since, Kind.EVENT, spoke_at, pushed)


@pytest.mark.parametrize(
    ("window", "allowed"),
    [
        (Window(), False),
        (after_a_message(ago(hours=47)), True),
        (after_a_message(ago(hours=48, seconds=1)), False),
        (after_a_message(ago(hours=1), *[ago(minutes=5)] * 4), True),
        (after_a_message(ago(hours=1), *[ago(minutes=5)] * 5), False),
        (after_a_message(ago(minutes=1), *[ago(minutes=5)] * 5), True),
        (after_a_tap(ago(seconds=59), *[ago(seconds=5)] * 2), True),
        (after_a_tap(ago(seconds=59), *[ago(seconds=5)] * 3), False),
        (after_a_tap(ago(seconds=61)), False),
        (after_a_tap(ago(minutes=5), spoke_at=ago(hours=1)), True),
        (after_a_tap(ago(minutes=5), *[ago(minutes=20)] * 5, spoke_at=ago(hours=1)), False),
        (after_a_tap(ago(seconds=5), *[ago(minutes=20)] * 5, spoke_at=ago(hours=1)), True),
    ],
)
def test_five_in_48_hours_after_a_message_three_in_a_minute_after_a_tap(window: Window, allowed: bool) -> None:
    assert allows(window, NOW) is allowed
