"""Staff sign in at the desk: a password opens a session, and guessing is limited by account and by address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from claims import audit, clock, crypto, passwords
from claims.errors import BadInput, NotFound
from claims.identity import locks
from claims.models import StaffAccount, StaffSession
from claims.tokens import new_token, token_hash

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
WRONG_FOR_ACCOUNT = 5
WRONG_FROM_ADDRESS = 20
"""An office has one address for many people, so more is borne from it than for one account."""
_PREFIX = "lpd_"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How it went. token: of the new session; locked_until: nothing is checked before (aware UTC)."""

    token: str | None = None
    locked_until: datetime | None = None


def sign_in(session: Session, login: str, password: str, address: str) -> SignIn:
    """Check a password. Commit in any case: a wrong one is counted. address: where the request came from."""
    login = login.strip()[:40]
    of_account = locks.counters_of(session, [f"staff:{crypto.blind_index(login)}"])
    of_address = locks.counters_of(session, [f"staff-at:{crypto.blind_index(address)}"])
    until = locks.locked_until([*of_account, *of_address])
    if until is not None:
        return SignIn(locked_until=until)
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active))
    if not passwords.matches(password[: passwords.LONGEST], account.password_hash if account else None):
        locks.count_wrong(of_address, WRONG_FROM_ADDRESS)
        locked = locks.count_wrong(of_account, WRONG_FOR_ACCOUNT)
        if account is not None:
            audit.record(session, login, "staff_login_locked" if locked else "staff_login_wrong", f"staff:{login}")
        return SignIn(locked_until=locks.locked_until([*of_account, *of_address]))
    if account is None or account.password_hash is None:
        return SignIn()
    locks.forgive(of_account)
    if passwords.outdated(account.password_hash):
        account.password_hash = passwords.hash_of(password)
    return SignIn(token=open_session(session, account))


def open_session(session: Session, account: StaffAccount) -> str:
    """A session for an account whose password was right; the token for the browser, which is stored as a hash."""
    token, now = new_token(_PREFIX), clock.now()
    session.add(
        StaffSession(account_id=account.id, token_hash=token_hash(token), seen_at=now, expires_at=now + LONGEST)
    )
    session.flush()
    audit.record(session, account.login, "staff_signed_in", f"staff:{account.login}")
    return token


def account_of(session: Session, token: str) -> StaffAccount | None:
    """Whose session this is; None when it has ended, was idle too long, or the account is switched off."""
    found = session.scalar(_live().where(StaffSession.token_hash == token_hash(token)))
    if found is None:
        return None
    return session.get(StaffAccount, found.account_id)


def seen(session: Session, token: str) -> None:
    """The session was used just now. Written at most once a minute."""
    now = clock.now()
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash(token), StaffSession.seen_at < now - SEEN_EVERY)
        .values(seen_at=now)
    )


def live_tokens(session: Session, hashes: set[str]) -> set[str]:
    """Those of these token hashes whose sessions go on."""
    query = _live().with_only_columns(StaffSession.token_hash).where(StaffSession.token_hash.in_(hashes))
    return set(session.scalars(query))


def sign_out(session: Session, token: str) -> None:
    """End a session. Ending it twice changes nothing."""
    found = session.scalar(_live().where(StaffSession.token_hash == token_hash(token)))
    if found is not None:
        account = session.get_one(StaffAccount, found.account_id)
        found.ended_at = clock.now()
        audit.record(session, account.login, "staff_signed_out", f"staff:{account.login}")


def end_sessions(session: Session, account: StaffAccount, except_token: str | None = None) -> None:
    """End every session of an account, but for the one with this token."""
    query = update(StaffSession).where(StaffSession.account_id == account.id, StaffSession.ended_at.is_(None))
    if except_token is not None:
        query = query.where(StaffSession.token_hash != token_hash(except_token))
    session.execute(query.values(ended_at=clock.now()))


def set_password(
    session: Session, account: StaffAccount, password: str, actor: str, except_token: str | None = None
) -> None:
    """Give an account a password; its sessions end, but for the one with this token. BadInput for a weak one."""
    passwords.check_new(password, account.login)
    account.password_hash, account.password_set_at = passwords.hash_of(password), clock.now()
    end_sessions(session, account, except_token)
    session.flush()
    audit.record(session, actor, "staff_password_set", f"staff:{account.login}")


def change_password(session: Session, account: StaffAccount, old: str, new: str, token: str) -> bool:
    """An account gives itself a password; False when the old one is wrong (counted like a wrong sign-in: commit)."""
    counters = locks.counters_of(session, [f"staff:{crypto.blind_index(account.login)}"])
    if locks.locked_until(counters) is not None or not passwords.matches(old, account.password_hash):
        locks.count_wrong(counters, WRONG_FOR_ACCOUNT)
        return False
    if old == new:
        raise BadInput("the new password is the old one")
    set_password(session, account, new, account.login, token)
    return True


def find(session: Session, login: str) -> StaffAccount:
    """An account by its login; NotFound when there is none."""
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login))
    if account is None:
        raise NotFound(f"there is no staff account {login}")
    return account


def _live() -> Select[StaffSession]:
    now = clock.now()
    return (
        select(StaffSession)
        .join(StaffAccount)
        .where(
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > now,
            StaffSession.seen_at > now - IDLE,
            StaffAccount.active,
        )
    )
