"""A fresh database on both kinds of server, a clock that can be set, and customers to speak to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from claims import channel_states, crypto
from claims.models import Customer
from tests.claims.conftest import (
    Clock,
    Work,
    _own_settings,
    _postgres_template,
    _sqlite_template,
    backend,
    database_url,
    empty_url,
    postgres_server,
    session,
    time,
    work,
)

__all__ = [
    "Clock",
    "Work",
    "_own_settings",
    "_postgres_template",
    "_sqlite_template",
    "backend",
    "database_url",
    "empty_url",
    "postgres_server",
    "session",
    "time",
    "work",
]

Add = Callable[..., Customer]
PHONE = "13800138001"


def put_customer(session: Session, *, phone: str = PHONE, name: str = "张伟", city: str = "北京") -> Customer:
    """One of the demo people."""
    customer = Customer(name=name, phone=phone, phone_index=crypto.blind_index(phone), city=city)
    session.add(customer)
    session.flush()
    return customer


@pytest.fixture
def customer_id(work: Work, time: Clock, monkeypatch: pytest.MonkeyPatch) -> str:
    """A customer with a phone, while text messages and calls can be sent."""
    monkeypatch.setattr(channel_states, "TRUSTED_FOR", timedelta(days=365))  # no gateway runs to say it again
    with work() as unit:
        customer = put_customer(unit.session)
        channel_states.say(unit.session, {"sms": True, "voice": True})
        unit.commit()
        return customer.id
