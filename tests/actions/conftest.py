"""A fresh database with the demo people, and a conversation on it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from claims import database
from claims.clock import SHANGHAI
from claims.seed import seed_demo
from lipei.settings import get_settings
from tests.actions.talk import Talk


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LIPEI_DATABASE_URL", f"sqlite:///{tmp_path}/claims.db")
    get_settings.cache_clear()
    database.upgrade()
    with database.unit_of_work() as work:
        seed_demo(work.session, datetime.now(tz=SHANGHAI).date())
        work.commit()
    yield Talk.begin()
    get_settings.cache_clear()
