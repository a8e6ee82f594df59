"""What we say of our own accord reaches a customer who writes Traditional in Traditional."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from channels.gateway.outgoing import to_send
from claims import conversations, crypto, outbox
from claims.database import unit_of_work
from claims.models import Customer, OutboxItem
from claims.vocabulary import Author

PHONE = "13800138003"
TEXT = "您的车险还有12天到期，回复“续保”办理。"


@pytest.mark.parametrize("held_by_text_message", [True, False])
def test_a_notice_by_text_message(database_url: str, held_by_text_message: bool) -> None:
    """In the script of the talk by text message, else of whatever talk the holder of the phone had last."""
    with unit_of_work(database_url) as unit:
        customer = Customer(name="陳志明", phone=PHONE, phone_index=crypto.blind_index(PHONE))
        unit.session.add(customer)
        unit.session.flush()
        address = PHONE if held_by_text_message else None
        talk, _ = conversations.open_conversation(unit.session, "sms" if address else "webchat", address)
        talk.proven_customer_id = customer.id
        conversations.set_script(talk, "hant")
        unit.session.flush()
        item = outbox.enqueue(unit.session, channel="sms", address=PHONE, purpose="renewal", text=TEXT, dedupe_key="k")
        assert item is not None
        sent = to_send(unit.session, item)
        assert (sent.text, sent.script) == ("您的車險還有12天到期，回覆“續保”辦理。", "hant")


def test_what_begins_a_talk_and_its_buttons(database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        talk, _ = conversations.open_conversation(unit.session, "wechat", "openid", pushed=True)
        conversations.set_script(talk, "hant")
        conversations.say(
            unit.session, talk, Author.BOT, TEXT, buttons=[("我要续保", "/renew_policy")], purpose="renewal"
        )
        sent = to_send(unit.session, unit.session.scalars(select(OutboxItem)).one())
        assert "車險" in sent.text
        assert [title for title, _ in sent.buttons] == ["我要續保"]


def test_what_was_said_in_a_talk_stays_as_it_was_said(database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        talk, _ = conversations.open_conversation(unit.session, "wechat", "openid", pushed=True)
        conversations.set_script(talk, "hant")
        conversations.say(unit.session, talk, Author.AGENT, "车险")
        assert to_send(unit.session, unit.session.scalars(select(OutboxItem)).one()).text == "车险"


def test_whoever_never_wrote_gets_simplified(database_url: str) -> None:
    with unit_of_work(database_url) as unit:
        item = outbox.enqueue(unit.session, channel="sms", address=PHONE, purpose="renewal", text=TEXT, dedupe_key="k")
        assert item is not None
        assert to_send(unit.session, item).text == TEXT
