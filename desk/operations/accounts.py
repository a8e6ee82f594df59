"""For administrators: accounts of staff; for them and supervisors: the audit trail, masked by role."""

from __future__ import annotations

import secrets
from typing import Any

from claims import accounts, audit, logins
from claims.errors import AuditBroken, BadInput
from claims.models import AuditEntry
from claims.staff import Right
from claims.vocabulary import Role
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused
from desk.shown import when
from desk.wording import named

PAGE = 100
ABOUT_STAFF = ("staff:", "audit", "outbox", "reply:")
"""Subjects whose details say nothing of customers; an administrator reads only those."""


@operation(Right.MANAGE_STAFF, reads=True)
def list_accounts(desk: Desk) -> list[dict[str, Any]]:
    """Every account."""
    return [
        {
            "login": account.login,
            "name": account.name,
            "role": account.role.value,
            "role_name": named("roles", account.role.value),
            "active": account.active,
            "password": account.password_hash is not None,
            "password_at": when(account.password_set_at),
            "own": account.id == desk.account.id,
        }
        for account in accounts.listing(desk.session)
    ]


@operation(Right.MANAGE_STAFF)
def add_account(desk: Desk, login: str, name: str, role: str) -> str:
    """Open an account; its first password, shown this once."""
    try:
        accounts.add(desk.session, login, name, Role(role), desk.actor)
    except BadInput:
        raise Refused(422, "login_taken") from None
    return _new_password(desk, login.strip().lower())


@operation(Right.MANAGE_STAFF)
def reset_password(desk: Desk, login: str) -> str:
    """A made-up password, shown this once; whoever is signed in with the account is signed out."""
    return _new_password(desk, login)


@operation(Right.MANAGE_STAFF)
def switch_account(desk: Desk, login: str, active: bool) -> bool:
    """Off or on. Nobody switches themselves off."""
    try:
        accounts.switch(desk.session, login, active=active, actor=desk.actor)
    except BadInput:
        raise Refused(422, "own_account") from None
    return True


@operation(Right.MANAGE_STAFF)
def give_role(desk: Desk, login: str, role: str) -> bool:
    """Another role. Nobody gives themselves one."""
    try:
        accounts.give_role(desk.session, login, Role(role), desk.actor)
    except BadInput:
        raise Refused(422, "own_account") from None
    return True


@operation(Right.READ_AUDIT)
def read_audit(desk: Desk, actor: str = "", subject: str = "", before: int | None = None) -> list[dict[str, Any]]:
    """The trail, the newest first. Reading it is written down too."""
    desk.note("audit_read", "audit", {"actor": actor[:80], "subject": subject[:120], "before": before})
    found = audit.listing(desk.session, limit=PAGE, before=before, actor=actor.strip(), subject=subject.strip())
    return [_entry(desk, entry) for entry in found]


@operation(Right.READ_AUDIT)
def verify_audit(desk: Desk) -> dict[str, Any]:
    """Whether the trail is whole, and how many entries it has."""
    try:
        count, broken = audit.verify(desk.session), ""
    except AuditBroken as error:
        count, broken = 0, str(error)
    desk.note("audit_verified", "audit", {"whole": not broken})
    return {"count": count, "broken": broken}


def _entry(desk: Desk, entry: AuditEntry) -> dict[str, Any]:
    details = desk.may(Right.READ_CLAIMS) or entry.subject.startswith(ABOUT_STAFF)
    shown = "；".join(f"{key}={value}" for key, value in entry.detail.items()) if details else "···"
    return {
        "id": entry.id,
        "at": when(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject if details else entry.subject.partition(":")[0] + ":···",
        "detail": shown[:300] if entry.detail else "",
    }


def _new_password(desk: Desk, login: str) -> str:
    made_up = secrets.token_urlsafe(9)
    logins.set_password(desk.session, logins.find(desk.session, login), made_up, desk.actor)
    return made_up
