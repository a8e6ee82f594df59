"""Access tokens that a provider gives one of at a time: kept here for all gateways, renewed by one of them.

A provider such as WeChat makes the old token invalid when it gives a new one, so two gateways that both fetch one
would throw each other out for ever.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from claims import clock
from claims.models import ProviderToken
from claims.upsert import insert_into

MARGIN_SECONDS = 300.0
"""A token is renewed this long before it runs out, or a tenth of its time: our clock and the provider's may differ."""


def current(session: Session, name: str, spoilt: str | None = None) -> str | None:
    """The token, or None when there is none in force. spoilt: one that the provider has just refused."""
    row = session.get(ProviderToken, name)
    return _usable(row, spoilt) if row is not None else None


def begin_renewal(session: Session, name: str, spoilt: str | None, seconds: float) -> bool:
    """Whether the caller is the one to fetch a new token, within `seconds`; it then calls `keep` or `failed`.

    False when somebody else is at it, or has done it by now. The row is locked for the decision only, not while the
    provider is asked.
    """
    session.execute(insert_into(session, ProviderToken).values(name=name).on_conflict_do_nothing())
    row = session.get_one(ProviderToken, name, with_for_update=True, populate_existing=True)
    now = clock.now()
    if _usable(row, spoilt) is not None or (row.renewing_until is not None and row.renewing_until > now):
        return False
    row.renewing_until = now + timedelta(seconds=seconds)
    session.flush()
    return True


def keep(session: Session, name: str, token: str, seconds: float) -> None:
    """The new token, good for this long."""
    good = timedelta(seconds=seconds - min(MARGIN_SECONDS, seconds / 10))
    row = session.get_one(ProviderToken, name, with_for_update=True, populate_existing=True)
    row.token, row.expires_at, row.renewing_until = token, clock.now() + good, None
    session.flush()


def failed(session: Session, name: str, pause: float) -> None:
    """None was to be had: nobody asks again before `pause` seconds have passed."""
    row = session.get_one(ProviderToken, name, with_for_update=True, populate_existing=True)
    row.renewing_until = clock.now() + timedelta(seconds=pause)
    session.flush()


def _usable(row: ProviderToken, spoilt: str | None) -> str | None:
    if row.token is None or row.expires_at is None or row.token == spoilt:
        return None
    return row.token if row.expires_at > clock.now() else None
