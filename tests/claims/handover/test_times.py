from datetime import datetime

import pytest

from claims.handover.times import upcoming

# Thursday evening.
NOW = datetime.fromisoformat("2026-11-26T22:45:00+08:00")


# said: what bot.values reads in the words when a time was asked for.
@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("明天上午十点", "2026-11-27T10:00:00+08:00", "2026-11-27T10:00"),
        ("后天早上9点半", "2026-11-28T09:30:00+08:00", "2026-11-28T09:30"),
        ("下午三点", "2026-11-26T15:00:00+08:00", "2026-11-27T15:00"),
        ("10点", "2026-11-26T22:00:00+08:00", "2026-11-27T10:00"),
        ("周六上午", "2026-11-21T10:00:00+08:00", "2026-11-28T10:00"),
        ("下周一下午两点", "2026-12-03T14:00:00+08:00", "2026-11-30T14:00"),
        ("11月28日14:30", "2025-11-28T14:30:00+08:00", "2026-11-28T14:30"),
        ("28号下午", "2026-10-28T15:00:00+08:00", "2026-11-28T15:00"),
        ("明天", "2026-11-27", "2026-11-27T09:00"),
        ("尽快吧", None, "2026-11-27T09:00"),
    ],
)
def test_a_time_ahead(text: str, said: str | None, meant: str) -> None:
    moment = upcoming(said, text, NOW)
    assert moment is not None
    assert moment.strftime("%Y-%m-%dT%H:%M") == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("明天凌晨三点", "2026-11-27T03:00:00+08:00"),
        ("今天晚上十一点", "2026-11-26T23:00:00+08:00"),
        ("半年后", "2027-05-26T10:00:00+08:00"),
        ("不知道", None),
    ],
)
def test_a_time_at_which_nobody_calls(text: str, said: str | None) -> None:
    assert upcoming(said, text, NOW) is None
