import pytest

from claims import conversations, crypto
from claims.models import Customer

PHONE, STRANGER = "13800138001", "13900000000"


@pytest.fixture
def zhang(session, time) -> Customer:
    """张伟, with his phone on file."""
    customer = Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE))
    session.add(customer)
    session.flush()
    return customer


@pytest.fixture
def other_chat(session):
    return conversations.open_conversation(session, "web")[0]
