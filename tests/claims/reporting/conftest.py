"""A database with the demo people, for reports that look policies up."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from claims import conversations, database, drafts
from claims.clock import SHANGHAI
from claims.models import Draft
from claims.seed import seed_demo
from lipei.settings import get_settings


@pytest.fixture(scope="session")
def _seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo people."""
    file = tmp_path_factory.mktemp("reporting") / "claims.db"
    url = f"sqlite:///{file}"
    database.upgrade(url)
    with database.unit_of_work(url) as work:
        seed_demo(work.session, datetime.now(tz=SHANGHAI).date())
        work.commit()
    database.engine_for(url).dispose()  # the last connection to close folds the write-ahead log into the file
    return file


@pytest.fixture
def session(_seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session on a seeded SQLite database of the test's own."""
    shutil.copy(_seeded, tmp_path / "claims.db")
    monkeypatch.setenv("LIPEI_DATABASE_URL", f"sqlite:///{tmp_path}/claims.db")
    get_settings.cache_clear()
    with database.unit_of_work() as work:
        yield work.session
    database.engine_for().dispose()
    get_settings.cache_clear()


@pytest.fixture
def draft(session: Session) -> Draft:
    """An empty report in a web chat."""
    conversation, _ = conversations.open_conversation(session, "webchat")
    return drafts.start(session, conversation.id)
