"""Who works here: staff accounts are opened, switched off and on, and given roles. Every change is audited."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, logins, staff
from claims.errors import BadInput
from claims.models import StaffAccount
from claims.vocabulary import Role

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def listing(session: Session) -> list[StaffAccount]:
    """Every account by its login."""
    return list(session.scalars(select(StaffAccount).order_by(StaffAccount.login)))


def names(session: Session) -> dict[str, str]:
    """What people are called, by the id of their account and by its login."""
    return {key: account.name for account in listing(session) for key in (account.id, account.login)}


def add(session: Session, login: str, name: str, role: Role, actor: str) -> StaffAccount:
    """A new account, without a password yet. BadInput when the login is taken or cannot be one."""
    login, name = login.strip().lower(), name.strip()[:80]
    if not _LOGIN.fullmatch(login) or not name:
        raise BadInput("a login is 2 to 40 small letters, digits, dots or dashes, and an account has a name")
    if session.scalar(select(StaffAccount.id).where(StaffAccount.login == login)) is not None:
        raise BadInput(f"the login {login} is taken")
    account = StaffAccount(login=login, name=name, role=role)
    session.add(account)
    session.flush()
    audit.record(session, actor, "staff_added", f"staff:{login}", {"role": str(role)})
    return account


def switch(session: Session, login: str, *, active: bool, actor: str) -> StaffAccount:
    """Switch an account off (its sessions and tokens end) or on again. NotFound without it."""
    account = logins.find(session, login)
    _not_oneself(login, actor)
    if account.active is not active:
        account.active = active
        if not active:
            logins.end_sessions(session, account)
            staff.revoke_tokens(session, login, actor)
        session.flush()
        audit.record(session, actor, "staff_enabled" if active else "staff_disabled", f"staff:{login}")
    return account


def give_role(session: Session, login: str, role: Role, actor: str) -> StaffAccount:
    """Another role, from the next request on. NotFound without such an account."""
    account = logins.find(session, login)
    _not_oneself(login, actor)
    if account.role is not role:
        before, account.role = account.role, role
        session.flush()
        audit.record(session, actor, "staff_role", f"staff:{login}", {"from": str(before), "to": str(role)})
    return account


def _not_oneself(login: str, actor: str) -> None:
    if login == actor:
        raise BadInput("nobody changes the role or the state of their own account")
