"""The rules of clocks: warnings by the working calendar, delays told outside of quiet hours."""

from datetime import datetime
from pathlib import Path

import pytest

from claims.clock import SHANGHAI
from claims.rules import clocks
from claims.rules.clocks import DelayRule, Lead
from claims.rules.loading import DATA, RuleFileError


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("working_days", "due", "expected"),
    [
        (0, "2026-11-27T23:59:59", "2026-11-27T09:00"),  # a Friday
        (0, "2026-11-29T23:59:59", "2026-11-27T09:00"),  # a Sunday: the Friday before it
        (1, "2026-11-30T23:59:59", "2026-11-27T09:00"),  # a Monday
        (3, "2026-10-09T23:59:59", "2026-09-29T09:00"),  # over the National Day holidays
    ],
)
def test_working_days_before(working_days: int, due: str, expected: str) -> None:
    assert Lead(working_days=working_days).before(at(due)) == at(expected)


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2026-11-26T18:00", "2026-11-26T16:00"),
        ("2026-11-26T23:30", "2026-11-26T20:00"),
        ("2026-11-26T10:30", "2026-11-25T20:00"),
        ("2026-11-26T02:00", "2026-11-25T20:00"),
        ("2026-11-26T00:30", "2026-11-25T20:00"),
    ],
)
def test_a_delay_is_told_before_the_promised_time_and_not_at_night(due: str, told: str) -> None:
    rule = DelayRule(hours=2, extend_hours=24, reason="审核还需要时间")
    assert rule.told_at(at(due)) == at(told)
    assert rule.told_at(at(due)) < at(due) < rule.until(at(due))


def test_every_promise_of_our_own_can_be_moved_and_no_limit_of_the_law(tmp_path: Path) -> None:
    law = {"decision", "undisputed_minimum", "refusal_notice", "payment_law"}
    own_affairs = {"callback", "ticket"}  # nothing that a customer waits for at a certain hour
    assert {rule.key for rule in clocks.rules() if rule.delay is None} == law | own_affairs


def test_an_unknown_figure_is_named(tmp_path: Path) -> None:
    (tmp_path / "service_levels.yml").write_text((DATA / "service_levels.yml").read_text("utf-8"), "utf-8")
    text = (DATA / "clocks.yml").read_text("utf-8").replace("figure: inspection", "figure: survey")
    (tmp_path / "clocks.yml").write_text(text, "utf-8")
    with pytest.raises(RuleFileError, match="inspection: survey is not one of the figures"):
        clocks.load(tmp_path)
