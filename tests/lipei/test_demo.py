"""The demonstration's made-up Twilio account."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from channels import registry
from lipei import demo
from lipei.settings import Settings


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the demonstration puts into the environment is gone after the test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(demo.PREFIX)}
    monkeypatch.setattr(os, "environ", kept)


def test_text_messages_are_on_and_go_to_the_simulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(var_dir=tmp_path, phone_port=8099)
    assert demo.make_up_account(settings)
    values = {name: value for name, value in os.environ.items() if name.startswith("LIPEI_TWILIO_")}
    assert values["LIPEI_TWILIO_API_BASE"] == "http://127.0.0.1:8099"
    monkeypatch.undo()
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert dict(registry.states(settings))["sms"] == "on (twilio)"


def test_a_configured_account_is_left_alone(tmp_path: Path) -> None:
    os.environ["LIPEI_TWILIO_FROM"] = "+8613800138000"
    assert not demo.make_up_account(Settings(var_dir=tmp_path))
    assert "LIPEI_TWILIO_AUTH_TOKEN" not in os.environ


def test_the_simulator_listens_on_loopback_only(tmp_path: Path) -> None:
    process = demo.phone(Settings(var_dir=tmp_path, phone_port=8099))
    assert (process.host, process.port) == ("127.0.0.1", 8099)
