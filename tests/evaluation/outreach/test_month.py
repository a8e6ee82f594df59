"""The simulated month in small: the report says what the rows say, and nobody is disturbed, pressed or asked twice."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from claims.database import engine_for
from evaluation.outreach.month import Plan, run
from lipei.settings import get_settings


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LIPEI_DATA_KEY", base64.b64encode(b"k" * 32).decode())
    get_settings.cache_clear()
    yield f"sqlite:///{tmp_path}/month.db"
    engine_for(f"sqlite:///{tmp_path}/month.db").dispose()
    get_settings.cache_clear()


def test_a_few_days_with_customers_of_every_kind(url: str) -> None:
    result = run(Plan(claims=120, days=2, kills=12, processes=False, step=timedelta(hours=1)), url)
    assert result["problems"] == []
    assert result["workers_killed"] == 12
    assert result["opted_out"] > 0
    assert result["report_says_covered"] == result["answered_within_72_h"]
    assert 0.7 < result["coverage"] < 1
    assert result["begun_within_24_h"] == 120
