"""Passwords of staff: argon2id, with the library's own settings (RFC 9106, low-memory profile)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from claims.errors import BadInput

SHORTEST, LONGEST = 10, 128
_hasher = PasswordHasher()


def hash_of(password: str) -> str:
    """argon2's own text with salt and settings. Takes some 50 ms on purpose."""
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password. Without one (None) it takes just as long to say no, so that nobody learns which
    accounts there are."""
    try:
        return _hasher.verify(stored or _nobodys(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether it was hashed with weaker settings than today's: hash it again at the next sign-in."""
    return _hasher.check_needs_rehash(stored)


def check_new(password: str, login: str) -> None:
    """BadInput when a new password is too short, too long, or too easy to guess."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(password)) < 5 or login.lower() in password.lower():
        raise BadInput("this password is too easy to guess")


@cache
def _nobodys() -> str:
    return hash_of("nobody has this password")
