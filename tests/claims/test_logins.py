"""Staff sign in: passwords, sessions that end, guessing that is limited."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from claims import logins, passwords
from claims.errors import BadInput
from claims.models import AuditEntry, StaffAccount, StaffSession
from claims.vocabulary import Role
from tests.claims.conftest import Clock, Work

PASSWORD = "correct horse battery"
HERE = "10.0.0.1"


@pytest.fixture
def agent(session, time: Clock) -> StaffAccount:
    account = StaffAccount(login="agent01", name="王敏", role=Role.AGENT)
    session.add(account)
    session.flush()
    logins.set_password(session, account, PASSWORD, "operator")
    return account


def test_a_password_opens_a_session_that_is_stored_as_a_hash_only(session, agent) -> None:
    token = logins.sign_in(session, "agent01", PASSWORD, HERE).token
    assert token is not None
    assert logins.account_of(session, token) is agent
    assert logins.account_of(session, token + "x") is None
    assert token not in str([vars(row) for row in session.scalars(select(StaffSession))])
    assert PASSWORD not in str(vars(agent))
    assert agent.password_hash is not None
    assert agent.password_hash.startswith("$argon2id$")


def test_wrong_passwords_unknown_accounts_and_accounts_without_one(session, agent) -> None:
    session.add(StaffAccount(login="agent02", name="新人", role=Role.AGENT))
    session.flush()
    for login, password in (("agent01", "wrong"), ("nobody", PASSWORD), ("agent02", ""), ("agent02", PASSWORD)):
        assert logins.sign_in(session, login, password, HERE) == logins.SignIn()
    agent.active = False
    session.flush()
    assert logins.sign_in(session, "agent01", PASSWORD, HERE).token is None


def test_five_wrong_passwords_lock_the_account_for_a_while(session, agent, time: Clock) -> None:
    outcomes = [logins.sign_in(session, "agent01", "wrong", f"10.0.0.{n}") for n in range(5)]
    assert [outcome.locked_until is not None for outcome in outcomes] == [False] * 4 + [True]
    assert logins.sign_in(session, "agent01", PASSWORD, HERE).token is None
    time.forward(minutes=16)
    assert logins.sign_in(session, "agent01", PASSWORD, HERE).token is not None


def test_an_address_that_tries_many_accounts_is_locked_and_others_are_not(session, agent, time: Clock) -> None:
    for number in range(logins.WRONG_FROM_ADDRESS):
        logins.sign_in(session, f"guess{number}", "wrong", HERE)
    assert logins.sign_in(session, "agent01", PASSWORD, HERE).locked_until is not None
    assert logins.sign_in(session, "agent01", PASSWORD, "10.0.0.2").token is not None


def test_a_session_ends_when_idle_when_old_and_when_asked_to(session, agent, time: Clock) -> None:
    def opened() -> str:
        return str(logins.sign_in(session, "agent01", PASSWORD, HERE).token)

    idle, busy, ended = opened(), opened(), opened()
    logins.sign_out(session, ended)
    assert logins.account_of(session, ended) is None
    for _ in range(13):
        time.forward(minutes=55)
        logins.seen(session, busy)
        session.expire_all()
        assert logins.account_of(session, idle) is (agent if _ == 0 else None)
        still = (_ + 1) * 55 < 12 * 60
        assert (logins.account_of(session, busy) is agent) is still


def test_a_new_password_ends_the_other_sessions(session, agent) -> None:
    mine = str(logins.sign_in(session, "agent01", PASSWORD, HERE).token)
    other = str(logins.sign_in(session, "agent01", PASSWORD, HERE).token)
    assert not logins.change_password(session, agent, "not it", "another long one", mine)
    assert logins.change_password(session, agent, PASSWORD, "another long one", mine)
    session.expire_all()
    assert logins.account_of(session, mine) is agent
    assert logins.account_of(session, other) is None
    assert logins.sign_in(session, "agent01", PASSWORD, HERE).token is None


@pytest.mark.parametrize("weak", ["", "short", "a" * 12, "my-agent01-password", "x" * 129, "1111122222"])
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(BadInput):
        passwords.check_new(weak, "agent01")


def test_signing_in_is_in_the_trail(work: Work) -> None:
    with work() as unit:
        account = StaffAccount(login="agent01", name="王敏", role=Role.AGENT)
        unit.session.add(account)
        unit.session.flush()
        logins.set_password(unit.session, account, PASSWORD, "operator")
        logins.sign_in(unit.session, "agent01", "wrong", HERE)
        token = logins.sign_in(unit.session, "agent01", PASSWORD, HERE).token
        logins.sign_out(unit.session, str(token))
        unit.commit()
    with work() as unit:
        actions = list(unit.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["staff_password_set", "staff_login_wrong", "staff_signed_in", "staff_signed_out"]
