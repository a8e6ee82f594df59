"""Accounts: opened, switched off, given roles."""

from __future__ import annotations

import pytest

from claims import accounts, logins, staff
from claims.errors import BadInput, NotFound
from claims.vocabulary import Role


def test_an_account_is_opened_switched_off_and_on(session, time) -> None:
    account = accounts.add(session, "Agent09", " 王芳 ", Role.AGENT, "admin01")
    assert (account.login, account.name) == ("agent09", "王芳")
    logins.set_password(session, account, "a long password", "admin01")
    token, key = staff.issue_token(session, "agent09"), logins.sign_in(session, "agent09", "a long password", "here")
    accounts.switch(session, "agent09", active=False, actor="admin01")
    assert logins.account_of(session, str(key.token)) is None
    accounts.switch(session, "agent09", active=True, actor="admin01")
    assert logins.account_of(session, str(key.token)) is None
    assert staff.account_for_token(session, token) is None
    assert logins.sign_in(session, "agent09", "a long password", "here").token is not None


@pytest.mark.parametrize(("login", "name"), [("a", "x"), ("with space", "x"), ("-x", "x"), ("ok", ""), ("a" * 41, "x")])
def test_what_cannot_be_an_account(session, login: str, name: str) -> None:
    with pytest.raises(BadInput):
        accounts.add(session, login, name, Role.AGENT, "admin01")


def test_no_login_twice_and_nobody_changes_their_own(session) -> None:
    accounts.add(session, "admin01", "管理员", Role.ADMIN, "operator")
    for change in (
        lambda: accounts.add(session, "admin01", "又一个", Role.AGENT, "operator"),
        lambda: accounts.switch(session, "admin01", active=False, actor="admin01"),
        lambda: accounts.give_role(session, "admin01", Role.SUPERVISOR, "admin01"),
    ):
        with pytest.raises(BadInput):
            change()
    with pytest.raises(NotFound):
        accounts.switch(session, "nobody", active=False, actor="admin01")
    assert accounts.give_role(session, "admin01", Role.AGENT, "operator").role is Role.AGENT
