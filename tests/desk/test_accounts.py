"""Accounts, passwords and the audit trail from the pages."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from claims import logins
from claims.database import unit_of_work
from desk.door import SignedOut
from desk.operations.accounts import (
    add_account,
    give_role,
    list_accounts,
    read_audit,
    reset_password,
    switch_account,
    verify_audit,
)
from desk.operations.cases import open_case
from desk.operations.me import change_password
from desk.problems import Refused
from desk.seat import who_am_i
from tests.desk.conftest import Desks


def signs_in(desks: Desks, login: str, password: str) -> bool:
    with unit_of_work(desks.settings.database_url) as unit:
        return logins.sign_in(unit.session, login, password, "here").token is not None


def test_a_new_account_signs_in_with_the_password_that_is_shown_once(desks: Desks) -> None:
    first = desks("admin01", add_account, "Agent07", "林芳", "agent")
    assert signs_in(desks, "agent07", first)
    second = desks("admin01", reset_password, "agent07")
    assert signs_in(desks, "agent07", second) and not signs_in(desks, "agent07", first)
    with pytest.raises(Refused, match="login_taken"):
        desks("admin01", add_account, "agent07", "林芳", "agent")
    assert "argon2" not in str(desks("admin01", list_accounts))


def test_switching_off_and_another_role_hold_for_pages_that_are_open(desks: Desks) -> None:
    assert desks("agent01", who_am_i)[3].value == "agent"
    desks("admin01", give_role, "agent01", "surveyor")
    assert desks("agent01", who_am_i)[3].value == "surveyor"
    desks("admin01", switch_account, "agent01", False)
    with pytest.raises(SignedOut):
        desks("agent01", who_am_i)
    with pytest.raises(Refused, match="own_account"):
        desks("admin01", switch_account, "admin01", False)
    with pytest.raises(Refused, match="own_account"):
        desks("admin01", give_role, "admin01", "agent")


def test_changing_ones_password(desks: Desks) -> None:
    first = desks("admin01", reset_password, "agent01")
    assert desks("agent01", change_password, "wrong", "another long one", "another long one") == "password_wrong"
    for new, again, why in (("a" * 12, "a" * 12, "password_weak"), ("another long one", "other", "passwords_differ")):
        with pytest.raises(Refused, match=why):
            desks("agent01", change_password, first, new, again)
    assert desks("agent01", change_password, first, "another long one", "another long one") == ""
    assert desks("agent01", who_am_i)[1] == "agent01"  # this session goes on
    assert signs_in(desks, "agent01", "another long one")


def test_the_trail_is_whole_until_somebody_changes_it(desks: Desks, session: Session, li_na: str) -> None:
    desks("handler01", open_case, li_na)
    assert desks("admin01", verify_audit)["broken"] == ""
    for name in session.scalars(text("select name from sqlite_master where type = 'trigger'")).all():
        session.execute(text(f"drop trigger {name}"))
    session.execute(text("update audit_entries set actor = 'nobody' where id = 2"))
    session.commit()
    assert "entry 2" in desks("supervisor01", verify_audit)["broken"]


def test_an_administrator_reads_the_trail_without_customers(desks: Desks, li_na: str) -> None:
    desks("handler01", open_case, li_na)
    whole = desks("supervisor01", read_audit, "handler01")
    masked = desks("admin01", read_audit, "handler01")
    assert whole[0]["subject"] == f"claim:{li_na}"
    assert masked[0]["subject"] == "claim:···"
    assert li_na not in str(masked)
    assert desks("admin01", read_audit, "", "staff:admin01")[0]["subject"] == "staff:admin01"
    ids = [entry["id"] for entry in desks("supervisor01", read_audit)]
    assert ids == sorted(ids, reverse=True)
    assert all(entry["id"] < ids[2] for entry in desks("supervisor01", read_audit, before=ids[2]))
