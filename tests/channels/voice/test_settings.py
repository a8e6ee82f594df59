"""Settings of calls: what is malformed stops the start, and names its variable."""

from __future__ import annotations

import pytest

from channels.voice import setup
from channels.voice.settings import VoiceSettings
from lipei.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIPEI_VOICE_AGENT_NUMBER", "4001234567"),
        ("LIPEI_VOICE_LANGUAGE", "zh-CN"),
        ("LIPEI_VOICE_LANGUAGES", "+85212345678=yue"),
        ("LIPEI_VOICE_LANGUAGES", "yue-Hant-HK"),
        ("LIPEI_VOICE_RING_SECONDS", "3"),
    ],
)
def test_malformed(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        VoiceSettings.read()


def test_the_language_of_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_VOICE_LANGUAGES", "+85212345678=yue-Hant-HK, +886212345678=cmn-Hant-TW")
    assert VoiceSettings.read().language_of("+886212345678") == "cmn-Hant-TW"
    assert VoiceSettings.read().language_of("+862012345678") is None


@pytest.mark.usefixtures("_account")
def test_on_with_the_account_and_what_becomes_of_who_wants_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    assert setup.state(Settings()) == "on (no LIPEI_VOICE_AGENT_NUMBER: who wants a person is called back)"
    monkeypatch.setenv("LIPEI_VOICE_AGENT_NUMBER", "+864001234567")
    assert setup.state(Settings()) == "on"


def test_off_without_the_account() -> None:
    assert setup.state(Settings()).startswith("off: set LIPEI_TWILIO_ACCOUNT_SID")
    assert (setup.webhooks(Settings()), setup.sender(Settings())) == ([], None)
