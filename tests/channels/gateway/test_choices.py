"""A choice by its number where it was written out, and never a value mistaken for one."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from channels.gateway.choices import chosen
from claims import conversations
from claims.conversations import OutgoingMessage
from claims.database import unit_of_work

BUTTONS = [("没有人受伤", "/zero"), ("1 人受伤", "/one"), ("2 人受伤", "/two")]


def meant(url: str, text: str, awaiting: str | None, limit: int | None) -> str | None:
    with unit_of_work(url) as unit:
        return _meant(unit.session, text, awaiting, limit)


def _meant(session: Session, text: str, awaiting: str | None, limit: int | None) -> str | None:
    chat, _ = conversations.open_conversation(session, "sms", "13800138001", button_limit=limit)
    first, _ = conversations.record_inbound(session, chat, text="你好", provider_id=None)
    conversations.answer(session, first, [OutgoingMessage("问题", BUTTONS, awaiting)])
    message, _ = conversations.record_inbound(session, chat, text=text, provider_id=None)
    message.awaiting_then = awaiting
    return chosen(session, chat, message)


@pytest.mark.parametrize("text", ["2", "２", "2.", "回复2", "第二个", "選2", "二"])
def test_where_they_are_written_out_a_number_is_one_of_them(database_url: str, text: str) -> None:
    assert meant(database_url, text, "confirm", 0) == "/one"


@pytest.mark.parametrize("awaiting", ["injured_count", "loss_estimate", "rating", "code", "contact_phone"])
def test_a_value_stays_a_value(database_url: str, awaiting: str) -> None:
    assert meant(database_url, "2", awaiting, 0) is None
    assert meant(database_url, "没有人受伤", awaiting, 0) == "/zero"


@pytest.mark.parametrize("limit", [None, 3])
def test_where_they_are_shown_as_buttons_a_number_is_none_of_them(database_url: str, limit: int | None) -> None:
    assert meant(database_url, "2", "confirm", limit) is None


@pytest.mark.parametrize("text", ["4", "0", "23", "2点", "2 3", "13800138001", "改第2项"])
def test_other_numbers_are_not(database_url: str, text: str) -> None:
    assert meant(database_url, text, "confirm", 0) is None
