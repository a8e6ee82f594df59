"""The outbox by hand."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from claims import outbox
from claims.database import unit_of_work, upgrade
from claims.vocabulary import OutboxState
from lipei.cli import build
from lipei.settings import get_settings


@pytest.fixture(autouse=True)
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A message that was tried too often; its id."""
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    upgrade()
    with unit_of_work() as unit:
        item = outbox.enqueue(
            unit.session, channel="sms", address="13800138001", purpose="progress", text="已受理", dedupe_key="k"
        )
        assert item is not None
        item.state, item.attempts = OutboxState.DEAD, 30
        unit.commit()
    yield item.id
    get_settings.cache_clear()


def lipei(*arguments: str) -> Result:
    return CliRunner().invoke(build(), ["outbox", *arguments])


def state() -> OutboxState:
    with unit_of_work(read_only=True) as unit:
        return outbox.listing(unit.session)[0].state


def test_the_list_by_state(dead: str) -> None:
    assert dead[:8] in lipei("list", "--state", "dead").stdout
    assert dead[:8] not in lipei("list", "--state", "sent").stdout


def test_one_in_full_without_the_number(dead: str) -> None:
    shown = lipei("show", dead[:8])
    assert "progress" in shown.stdout
    assert "13800138001" not in shown.stdout


@pytest.mark.parametrize("everything", [True, False])
def test_the_dead_are_sent_again(dead: str, everything: bool) -> None:
    assert "1 to be sent again" in lipei("retry", "--all-dead" if everything else dead[:8]).stdout
    assert state() is OutboxState.PENDING


def test_which_one_must_be_said() -> None:
    assert lipei("retry").exit_code == 1
    assert state() is OutboxState.DEAD


def test_a_cancelled_one_does_not_leave(dead: str) -> None:
    assert lipei("cancel", dead).exit_code == 0
    assert state() is OutboxState.CANCELLED
