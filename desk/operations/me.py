"""What everybody signed in may do for themselves: a new password, and saying whether they take conversations."""

from __future__ import annotations

from claims import logins, passwords
from claims.errors import BadInput
from claims.handover import presence
from claims.staff import Right
from claims.vocabulary import Presence
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused


@operation(None)
def change_password(desk: Desk, old: str, new: str, again: str) -> str:
    """Give oneself a new password; other sessions of the account end. The name of a refusal, or "" when it is done:
    a wrong old password is counted, so the transaction is committed in any case."""
    if new != again:
        raise Refused(422, "passwords_differ")
    try:
        passwords.check_new(new, desk.account.login)
        done = logins.change_password(desk.session, desk.account, old, new, desk.token or "")
    except BadInput:
        raise Refused(422, "password_weak") from None
    return "" if done else "password_wrong"


@operation(Right.WRITE_CONVERSATIONS)
def announce(desk: Desk, state: str) -> str:
    """Take conversations from now on, or not: online or away."""
    return presence.announce(desk.session, desk.account, Presence(state)).presence.value


@operation(Right.WRITE_CONVERSATIONS)
def beat(desk: Desk) -> bool:
    """A sign of life from an open desk."""
    presence.beat(desk.session, desk.account)
    return True
