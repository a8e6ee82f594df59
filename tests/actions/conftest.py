"""A fresh database with the demo people, and a conversation on it."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from claims import database
from claims.clock import SHANGHAI
from claims.seed import seed_demo
from lipei.settings import get_settings
from tests.actions.talk import Talk


@pytest.fixture(scope="session")
def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo people's database and its key, to be copied."""
    folder = tmp_path_factory.mktemp("seeded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIPEI_VAR_DIR", str(folder))
        patch.setenv("LIPEI_DATABASE_URL", f"sqlite:///{folder}/claims.db")
        get_settings.cache_clear()
        database.upgrade()
        with database.unit_of_work() as work:
            seed_demo(work.session, datetime.now(tz=SHANGHAI).date())
            work.commit()
        database.engine_for().dispose()  # the last connection to close folds the write-ahead log into the file
    get_settings.cache_clear()
    return folder


@pytest.fixture
def talk(_seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    shutil.copy(_seeded / "claims.db", tmp_path)
    shutil.copytree(_seeded / "keys", tmp_path / "keys")
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LIPEI_DATABASE_URL", f"sqlite:///{tmp_path}/claims.db")
    get_settings.cache_clear()
    yield Talk.begin()
    get_settings.cache_clear()
