"""Finding customers and claims for staff, by blind indexes."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from claims import conversations, customers, lookup
from claims.crypto import encrypt
from claims.identity import proof
from claims.models import Customer
from claims.seed import seed_demo
from tests.claims.conftest import Work


@pytest.fixture
def demo(session, time) -> None:
    seed_demo(session, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("typed", "name", "claims", "policies"),
    [
        ("13800138003", "陳志明", 1, 1),
        ("+86 138-0013-8003", "陳志明", 1, 1),
        ("粤a·D12345", "陳志明", 1, 1),
        ("PA202600000003", "陳志明", 1, 1),
        ("陳志明", "陳志明", 1, 1),
        (" 陈志明 ", "陳志明", 1, 1),
        ("孙丽", "海淀好味餐饮有限公司", 1, 2),
        ("海淀好味餐饮有限公司", "海淀好味餐饮有限公司", 1, 2),
        ("京A12345", "张伟", 0, 1),
    ],
)
def test_by_phone_plate_policy_and_name(session, demo, typed: str, name: str, claims: int, policies: int) -> None:
    found = lookup.find(session, typed)
    assert [customer.name for customer in found.customers] == [name]
    assert (len(found.claims), len(found.policies)) == (claims, policies)


def test_by_claim_number(session, demo) -> None:
    (claim,) = lookup.find(session, "李娜").claims
    found = lookup.find(session, claim.number.lower())
    assert (found.claims, [c.name for c in found.customers]) == ([claim], ["李娜"])


@pytest.mark.parametrize("typed", ["", "  ", "王五", "13900000000", "C202699999999", "京Z99999", "李", "x" * 500])
def test_nothing_is_found_for_what_nobody_has(session, demo, typed: str) -> None:
    found = lookup.find(session, typed)
    assert not (found.customers or found.claims or found.policies or found.conversations)


def test_conversations_come_along_when_they_were_proven_or_are_the_phones(session, demo) -> None:
    li = customers.find_by_phone(session, "13800138002")[0]
    web = conversations.open_conversation(session, "webchat")[0]
    sms = conversations.open_conversation(session, "sms", address="13800138002")[0]
    conversations.open_conversation(session, "webchat")
    assert lookup.find(session, "李娜").conversations == [sms]
    proof.set_proven(web, li.id)
    session.flush()
    assert set(lookup.find(session, "李娜").conversations) == {web, sms}


def test_the_index_follows_the_name(session, demo) -> None:
    li = customers.find_by_phone(session, "13800138002")[0]
    li.name = "李娜娜"
    session.flush()
    assert lookup.find(session, "李娜").customers == []
    assert lookup.find(session, "李娜娜").customers == [li]
    li.name = ""
    assert li.name_index is None


def test_names_from_before_are_indexed_by_the_migration(work: Work, database_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    from claims.database import engine_for

    config = Config()
    config.set_main_option("script_location", "claims:migrations")
    with engine_for(database_url).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        values = {"id": "1", "kind": "person", "name": encrypt("李娜"), "phone": encrypt("1"), "index": "i"}
        insert = "insert into customers (id, kind, name, phone, phone_index, created_at) values "
        connection.execute(text(insert + "(:id, :kind, :name, :phone, :index, '2026-01-01 00:00:00')"), values)
        command.upgrade(config, "head")
    with work() as unit:
        assert [customer.id for customer in lookup.find(unit.session, "李娜").customers] == ["1"]
        assert unit.session.get_one(Customer, "1").contact_name_index is None
