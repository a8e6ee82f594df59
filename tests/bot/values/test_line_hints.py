"""What happened tells the line of insurance where nobody names it."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.values import extract

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("我停在地库的车被淹了", "auto"),
        ("倒车蹭掉一块漆", "auto"),
        ("客人在我们店里滑倒了", "liability"),
        ("我们家水管爆了", "property"),
        ("厂房起火设备烧了", "property"),
        ("打球崴了脚", "accident"),
        ("骑电动车摔了一跤", "accident"),
        ("得了肺炎住院", None),
        ("我妈出车祸了", None),
    ],
)
def test_hint(text: str, line: str) -> None:
    hints = [found["value"] for found in extract(text, NOW) if found["entity"] == "line_hint"]
    assert hints == ([line] if line else [])


def test_a_line_that_is_named_needs_no_hint() -> None:
    assert "line_hint" not in {found["entity"] for found in extract("我的车险，车被撞了", NOW)}
