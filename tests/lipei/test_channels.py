"""`lipei channels`: each channel's state, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from lipei.cli import build
from lipei.settings import get_settings

TOKEN, SECRET = "123456:" + "A" * 35, "s" * 32


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def lipei(*arguments: str) -> Result:
    return CliRunner().invoke(build(), ["channels", *arguments])


def telegram() -> dict[str, str]:
    shown = json.loads(lipei("--json").stdout)
    return next(each for each in shown if each["name"] == "telegram")


def test_off_half_set_up_on_and_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (telegram()["state"], telegram()["address"]) == ("off", "")
    monkeypatch.setenv("LIPEI_TELEGRAM_BOT_TOKEN", TOKEN)
    assert (telegram()["state"], telegram()["note"]) == ("half", "set LIPEI_TELEGRAM_SECRET_TOKEN")
    monkeypatch.setenv("LIPEI_TELEGRAM_SECRET_TOKEN", SECRET)
    assert (telegram()["state"], telegram()["address"]) == ("on", "http://localhost:8080/channels/telegram")
    monkeypatch.setenv("LIPEI_TELEGRAM_BOT_TOKEN", "geheim")
    assert telegram()["state"] == "wrong"
    assert telegram()["note"].startswith("LIPEI_TELEGRAM_BOT_TOKEN: ")
    assert "geheim" not in lipei().stdout


def test_the_table_holds_whole_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LIPEI_PUBLIC_URL", "https://lipei.example.com")
    monkeypatch.setenv("LIPEI_TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LIPEI_TELEGRAM_SECRET_TOKEN", SECRET)
    result = lipei()
    assert result.exit_code == 0
    assert "https://lipei.example.com/channels/telegram" in result.stdout
    assert SECRET not in result.stdout


@pytest.mark.parametrize("command", ["telegram-poll", "telegram-webhook"])
def test_a_bot_without_its_secrets_is_told_what_is_missing(command: str) -> None:
    result = lipei(command)
    assert result.exit_code == 1
    assert "LIPEI_TELEGRAM_BOT_TOKEN" in result.stderr


def test_nobody_polls_where_telegram_can_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("LIPEI_TELEGRAM_SECRET_TOKEN", SECRET)
    monkeypatch.setenv("LIPEI_PUBLIC_URL", "https://lipei.example.com")
    result = lipei("telegram-poll")
    assert result.exit_code == 1
    assert "telegram-webhook" in result.stderr
