import base64
from pathlib import Path

import pytest

from claims import crypto
from claims.errors import ConfigError
from lipei.settings import get_settings


def _use_key_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.delenv("LIPEI_DATA_KEY")
    monkeypatch.setenv("LIPEI_KEY_FILE", str(file))
    get_settings.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_settings_afterwards(monkeypatch: pytest.MonkeyPatch):
    yield
    monkeypatch.undo()
    get_settings.cache_clear()


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


def test_what_is_encrypted_comes_back_and_is_not_readable() -> None:
    sealed = crypto.encrypt("张伟 13800138001")
    assert crypto.decrypt(sealed) == "张伟 13800138001"
    assert "张伟" not in sealed
    assert "13800138001" not in sealed


def test_the_same_text_never_encrypts_alike() -> None:
    assert crypto.encrypt("张伟") != crypto.encrypt("张伟")


@pytest.mark.parametrize("spelling", ["13800138001", "138-0013-8001", "+86 138 0013 8001", "１３８００１３８００１"])
def test_spellings_of_one_phone_meet_in_the_index(spelling: str) -> None:
    assert crypto.blind_index(spelling) == crypto.blind_index("13800138001")


def test_other_values_do_not_meet_in_the_index() -> None:
    assert crypto.blind_index("13800138001") != crypto.blind_index("13800138002")
    assert crypto.blind_index("zhang.wei@example.com") != crypto.blind_index("zhangwei@example.com")


def test_spellings_of_one_email_address_meet_in_the_index() -> None:
    assert crypto.blind_index(" Zhang.Wei@Example.com") == crypto.blind_index("zhang.wei@example.com")


def test_another_key_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = crypto.encrypt("张伟")
    monkeypatch.setenv("LIPEI_DATA_KEY", _key("x"))
    get_settings.cache_clear()
    with pytest.raises(ConfigError, match="LIPEI_DATA_KEY"):
        crypto.decrypt(sealed)


def test_a_changed_field_is_not_read() -> None:
    version, key_id, body = crypto.encrypt("3500").split(".")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(ConfigError, match="damaged or changed"):
        crypto.decrypt(f"{version}.{key_id}.{base64.urlsafe_b64encode(raw).decode()}")


def test_the_key_file_is_made_once_for_our_eyes_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "keys" / "data.key"
    _use_key_file(monkeypatch, file)
    sealed = crypto.encrypt("张伟")
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(file.read_text())) == 32
    get_settings.cache_clear()
    assert crypto.decrypt(sealed) == "张伟"


def test_a_key_file_that_others_can_read_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "data.key"
    file.write_text(_key("a"))
    file.chmod(0o644)
    _use_key_file(monkeypatch, file)
    with pytest.raises(ConfigError, match="chmod 600"):
        crypto.encrypt("张伟")


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "is empty"), ("c2hvcnQ=", "a key of 5 bytes"), ("不是 base64", "not base64"), ("!!!!", "not base64")],
)
def test_an_unusable_key_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "data.key"
    file.write_text(content)
    file.chmod(0o600)
    _use_key_file(monkeypatch, file)
    with pytest.raises(ConfigError, match=said):
        crypto.encrypt("张伟")


def test_keys_can_be_changed_without_losing_what_was_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, after = tmp_path / "before.key", tmp_path / "after.key"
    before.write_text(_key("a"))
    after.write_text(f"{_key('b')}\n{_key('a')}\n")
    for file in (before, after):
        file.chmod(0o600)
    _use_key_file(monkeypatch, before)
    old, index = crypto.encrypt("张伟"), crypto.blind_index("13800138001")
    monkeypatch.setenv("LIPEI_KEY_FILE", str(after))
    get_settings.cache_clear()
    assert crypto.decrypt(old) == "张伟"
    assert crypto.encrypt("张伟").split(".")[1] != old.split(".")[1]
    assert crypto.blind_index("13800138001") == index
