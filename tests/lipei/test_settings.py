import base64
from pathlib import Path

import pytest

from lipei.settings import SettingsError, get_settings


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_everything_written_lies_below_var_dir(tmp_path: Path) -> None:
    settings = get_settings()
    assert settings.database_url == f"sqlite:///{tmp_path}/var/lipei.db"
    assert settings.key_file == tmp_path / "var" / "keys" / "data.key"
    assert settings.attachments_dir == tmp_path / "var" / "attachments"


def test_engine_token_is_made_once_and_only_this_user_can_read_it(tmp_path: Path) -> None:
    first = get_settings().engine_token
    get_settings.cache_clear()
    file = tmp_path / "var" / "keys" / "engine.token"
    assert get_settings().engine_token == first == file.read_text()
    assert len(first) >= 32
    assert file.stat().st_mode & 0o777 == 0o600


def test_secrets_do_not_appear_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(bytes(range(32))).decode()
    monkeypatch.setenv("LIPEI_DATA_KEY", key)
    settings = get_settings()
    assert settings.data_key == key
    assert key not in repr(settings)
    assert settings.engine_token not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DATABASE_URL", "postgres://localhost/x", "postgresql+psycopg://"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("DATA_KEY", "not base64!", "base64"),
        ("DATA_KEY", base64.b64encode(b"short").decode(), "exactly 32"),
        ("GATEWAY_PORT", "eighty", "integer"),
        ("DESK_PORT", "70000", "65535"),
        ("ENGINE_URL", "127.0.0.1:5005", "http://"),
        ("LOG_LEVEL", "loud", "WARNING"),
    ],
)
def test_a_wrong_value_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(f"LIPEI_{name}", value)
    with pytest.raises(SettingsError) as caught:
        get_settings()
    sentence = str(caught.value)
    assert sentence.startswith(f"LIPEI_{name}: ")
    assert hint in sentence
    assert "\n" not in sentence
    assert "LIPEI_KEY_FILE" not in sentence


def test_a_wrong_secret_is_not_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_DATA_KEY", "aGVsbG8=")
    with pytest.raises(SettingsError) as caught:
        get_settings()
    assert "aGVsbG8" not in str(caught.value)


def test_two_processes_cannot_have_one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_DESK_PORT", "8080")
    with pytest.raises(SettingsError, match="must differ"):
        get_settings()


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_REDIS_URL", "")
    assert get_settings().redis_url is None
