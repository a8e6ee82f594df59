"""A database with the demo people, for reports that look policies up."""

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


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session on a fresh, seeded SQLite database."""
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LIPEI_DATABASE_URL", f"sqlite:///{tmp_path}/claims.db")
    get_settings.cache_clear()
    database.upgrade()
    with database.unit_of_work() as work:
        seed_demo(work.session, datetime.now(tz=SHANGHAI).date())
        yield work.session
    get_settings.cache_clear()


@pytest.fixture
def draft(session: Session) -> Draft:
    """An empty report in a web chat."""
    conversation, _ = conversations.open_conversation(session, "webchat")
    return drafts.start(session, conversation.id)
