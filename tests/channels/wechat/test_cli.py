"""The menu, as it is set and as WeChat would take it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from channels.wechat.cli import app, read_menu
from channels.wechat.events import OPENS
from channels.wechat.settings import WeChatSettings
from lipei.settings import get_settings
from standins.wechat.account import Account


def test_wechat_would_take_the_menu_and_every_tap_opens_something() -> None:
    entries = read_menu("https://lipei.example.com")["button"]
    below = [each for entry in entries for each in entry.get("sub_button", [])]
    assert len(entries) <= 3
    assert all(len(entry.get("sub_button", [])) <= 5 for entry in entries)
    assert all(len(entry["name"]) <= 4 for entry in entries)
    assert all(len(entry["name"]) <= 7 for entry in below)
    assert {each["key"] for each in [*entries, *below] if each.get("type") == "click"} <= OPENS


def test_it_is_set(own: WeChatSettings, account: Account, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_DATABASE_URL", database_url)
    monkeypatch.setenv("LIPEI_PUBLIC_URL", "https://lipei.example.com")
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["menu"])
    assert (result.exit_code, result.output) == (0, "The menu is set.\n")
    assert account.menu == read_menu("https://lipei.example.com")
    account.faults = [48001]
    result = CliRunner().invoke(app, ["menu"])
    assert (result.exit_code, "48001" in result.output) == (1, True)


def test_it_says_what_is_missing() -> None:
    result = CliRunner().invoke(app, ["menu"])
    assert result.exit_code == 1
    assert "LIPEI_WECHAT_APPID" in result.output
