"""A month of made-up claims, read once for all tests here."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from claims import clock, insight
from claims.database import engine_for, unit_of_work, upgrade
from claims.insight import Month, MonthlyReport
from claims.seed.months import seed_months
from lipei.settings import get_settings

LATER = datetime(2026, 11, 22, 12, 0, tzinfo=clock.SHANGHAI)
KEY = base64.b64encode(b"k" * 32).decode()


@pytest.fixture(scope="session")
def history_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with some made-up days of October."""
    folder: Path = tmp_path_factory.mktemp("history")
    url = f"sqlite:///{folder}/lipei.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(folder))
        patch.setenv("LIPEI_DATA_KEY", KEY)
        patch.setattr(clock, "now", lambda: LATER)
        get_settings.cache_clear()
        upgrade(url)
        with unit_of_work(url) as unit:
            seed_months(unit.session, date(2026, 10, 1), date(2026, 10, 16))
            unit.commit()
        get_settings.cache_clear()
    yield url
    engine_for(url).dispose()


@pytest.fixture
def report(history_url: str, monkeypatch: pytest.MonkeyPatch) -> MonthlyReport:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    with unit_of_work(history_url, read_only=True) as unit:
        return insight.monthly(unit.session, Month(2026, 10))
