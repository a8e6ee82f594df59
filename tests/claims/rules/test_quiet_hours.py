"""When customers are left in peace, by channel and by their own clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.clock import SHANGHAI
from claims.rules.loading import DATA, RuleFileError
from claims.rules.quiet_hours import load, quiet_until, zone_of
from lipei.settings import Settings, get_settings


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 25, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("channel", "moment", "until"),
    [
        ("sms", at(10), None),
        ("sms", at(12, 30), None),
        ("voice", at(12, 30), at(14)),
        ("voice", at(8, 59), at(9)),
        ("voice", at(9), None),
        ("sms", at(21), datetime(2026, 11, 26, 9, tzinfo=SHANGHAI)),
        ("sms", at(0, 30), at(9)),
        ("wechat", at(23), None),
    ],
)
def test_calls_and_texts_have_their_hours(channel: str, moment: datetime, until: datetime | None) -> None:
    assert quiet_until(channel, "Asia/Shanghai", moment.astimezone(UTC)) == until


def test_nothing_begins_in_the_last_minutes_before() -> None:
    assert quiet_until("voice", "Asia/Shanghai", at(11, 57)) is None
    assert quiet_until("voice", "Asia/Shanghai", at(11, 59)) == at(14)


def test_the_far_west_lives_by_another_clock() -> None:
    assert zone_of("乌鲁木齐市") == "Asia/Urumqi"
    assert zone_of("深圳") == zone_of(None) == "Asia/Shanghai"
    assert quiet_until("voice", "Asia/Urumqi", at(10)) is not None
    assert quiet_until("voice", "Asia/Urumqi", at(21, 30)) is None


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    text = (DATA / "quiet_hours.yml").read_text(encoding="utf-8").replace("Asia/Urumqi", "Asia/Nowhere")
    (tmp_path / "quiet_hours.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError, match="no time zone"):
        load(tmp_path)


def test_only_the_demonstration_knows_no_night(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="demonstration only"):
        Settings(var_dir=tmp_path, quiet_hours=False)
    monkeypatch.setenv("LIPEI_QUIET_HOURS", "0")
    monkeypatch.setenv("LIPEI_DEMO", "1")
    get_settings.cache_clear()
    assert quiet_until("voice", "Asia/Shanghai", at(23)) is None
    monkeypatch.undo()
    get_settings.cache_clear()
