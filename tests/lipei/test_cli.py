"""The command line as a person uses it: help everywhere, and one plain sentence when something is missing."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from lipei.cli import build
from lipei.settings import get_settings


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def lipei(*arguments: str) -> Result:
    return CliRunner().invoke(build(), list(arguments))


def every_command(group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path] if path else []
    for name in getattr(group, "commands", {}):
        command = group.load(name) if hasattr(group, "load") else group.commands[name]
        found += every_command(command, (*path, name))
    return found


def test_every_command_explains_itself() -> None:
    paths = every_command(typer.main.get_command(build()))
    assert {("demo",), ("chat",), ("staff", "token"), ("db", "upgrade"), ("eval", "load")} <= set(paths)
    for path in paths:
        result = lipei(*path, "--help")
        assert result.exit_code == 0, path
        assert len(result.output.split("Options")[0].strip().splitlines()) >= 2, f"{path} says nothing about itself"


def test_seeding_twice_and_a_token_for_each_demo_account() -> None:
    assert lipei("seed", "--demo").exit_code == 0
    assert lipei("seed", "--demo").exit_code == 0
    tokens = set()
    for login in ("agent01", "handler01", "surveyor01", "supervisor01", "admin01"):
        result = lipei("staff", "token", login)
        assert result.exit_code == 0
        tokens.add(result.stdout.strip())
    assert len(tokens) == 5


def test_the_database_tells_its_version_after_upgrading() -> None:
    before = lipei("db", "check")
    assert before.exit_code == 1
    assert "lipei db upgrade" in before.stderr
    assert lipei("db", "upgrade").exit_code == 0
    after = lipei("db", "check")
    assert after.exit_code == 0
    assert "answers" in after.stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("seed",), "lipei seed --demo"),
        (("chat", "--url", "http://127.0.0.1:9"), "make demo"),
        (("eval", "nlu", "none.jsonl"), "there is no file none.jsonl"),
        (("eval", "entities", "none.jsonl"), "there is no file none.jsonl"),
        (("eval", "conversations", "none"), "there is no folder none"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(arguments: tuple[str, ...], hint: str) -> None:
    result = lipei(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("lipei: ")
    assert hint in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_unknown_account_is_named() -> None:
    lipei("db", "upgrade")
    result = lipei("staff", "token", "nobody")
    assert result.exit_code == 1
    assert "no staff account nobody" in result.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_DATABASE_URL", "postgresql+psycopg://someone:geheim@127.0.0.1:9/x")
    get_settings.cache_clear()
    result = lipei("db", "upgrade")
    assert result.exit_code == 1
    assert "127.0.0.1:9" in result.stderr
    assert "geheim" not in result.stderr


def test_channels_are_listed_with_their_state() -> None:
    result = lipei("channels")
    assert result.exit_code == 0
    assert "webchat" in result.stdout
    assert "sms" in result.stdout
