"""Accounts and the audit trail on the command line, and the password of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from claims import logins
from claims.database import engine_for, unit_of_work
from lipei import demo
from lipei.cli import build
from lipei.settings import get_settings

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LIPEI_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    assert lipei("seed", "--demo").exit_code == 0
    yield
    engine_for(get_settings().database_url).dispose()
    get_settings.cache_clear()


def lipei(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(build(), list(arguments), input=typed)


def signs_in(login: str, password: str) -> bool:
    with unit_of_work() as unit:
        return logins.sign_in(unit.session, login, password, "here").token is not None


def test_an_account_from_its_opening_to_its_end() -> None:
    assert lipei("staff", "add", "agent02", "--person", "王芳", "--role", "agent").exit_code == 0
    assert lipei("staff", "password", "agent02", typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert signs_in("agent02", PASSWORD)
    made_up = lipei("staff", "password", "agent02", "--made-up").stdout.strip()
    assert signs_in("agent02", made_up) and not signs_in("agent02", PASSWORD)
    assert "agent02\t王芳\tagent\ton\tpassword" in lipei("staff", "list").stdout
    assert lipei("staff", "disable", "agent02").exit_code == 0
    assert not signs_in("agent02", made_up)
    assert "agent02\t王芳\tagent\toff\tpassword" in lipei("staff", "list").stdout
    assert lipei("staff", "enable", "agent02").exit_code == 0
    assert signs_in("agent02", made_up)


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (["password", "nobody", "--made-up"], "", "no staff account nobody"),
        (["password", "agent01"], "short\nshort\n", "10 to 128 characters"),
        (["add", "agent01", "--person", "x", "--role", "agent"], "", "is taken"),
        (["disable", "nobody"], "", "no staff account nobody"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: list[str], typed: str, sentence: str) -> None:
    result = lipei("staff", *arguments, typed=typed)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_the_trail_is_listed_and_checked() -> None:
    lipei("staff", "disable", "agent01")
    lines = lipei("audit", "list", "--limit", "2").stdout.splitlines()
    assert lines[-1].split("\t")[2:5] == ["operator", "staff_disabled", "staff:agent01"]
    assert lipei("audit", "list", "--actor", "nobody").stdout == ""
    assert "whole" in lipei("audit", "verify").stdout
    with engine_for(get_settings().database_url).begin() as connection:
        for (name,) in connection.execute(text("select name from sqlite_master where type = 'trigger'")).all():
            connection.execute(text(f"drop trigger {name}"))
        connection.execute(text("delete from audit_entries where id = 3"))
    broken = lipei("audit", "verify")
    assert broken.exit_code == 1
    assert "audit entry 3 is missing" in broken.stderr


def test_the_demonstration_makes_one_password_and_leaves_those_that_were_changed() -> None:
    first = demo.staff_password(get_settings())
    assert signs_in("supervisor01", first) and signs_in("surveyor01", first)
    lipei("staff", "password", "agent01", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert demo.staff_password(get_settings()) == first
    assert signs_in("agent01", PASSWORD) and not signs_in("agent01", first)
