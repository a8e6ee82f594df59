"""Staff at the desk, and customers who want one of them."""

import pytest

from claims.handover import presence
from claims.models import StaffAccount
from claims.vocabulary import Presence, Role


@pytest.fixture
def staff(session, time):
    """By login: two agents, a handler, a supervisor. None of them is at the desk."""
    accounts = {
        login: StaffAccount(login=login, name=name, role=role)
        for login, name, role in (
            ("agent01", "王敏", Role.AGENT),
            ("agent02", "陈静", Role.AGENT),
            ("handler01", "刘洋", Role.HANDLER),
            ("supervisor01", "吴静", Role.SUPERVISOR),
        )
    }
    session.add_all(accounts.values())
    session.flush()
    return accounts


@pytest.fixture
def at_desk(session, staff):
    """Call with logins: they come online."""

    def come(*logins: str) -> None:
        for login in logins:
            presence.announce(session, staff[login], Presence.ONLINE)

    return come
