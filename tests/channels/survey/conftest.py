"""A gateway whose engine has no classifier but the real reading of answers and the real actions behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.orm import Session

from bot.components.reading import read
from claims import clock, crypto
from claims.models import Claim, Customer, TimelineEntry
from claims.rules import quiet_hours
from claims.vocabulary import Cause, ClaimState, Line
from lipei.settings import get_settings
from tests.actions.talk import DOMAIN
from tests.channels.contract.kit import PUBLIC_URL
from tests.channels.support import FakeEngine, Json

PHONE = "13800138001"


@pytest.fixture(autouse=True)
def _any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run at night, too."""
    awake = quiet_hours.QuietHours(quiet={}, lead_minutes=0, zone="Asia/Shanghai", zones={})
    monkeypatch.setattr(quiet_hours, "load", lambda directory: awake)


@pytest.fixture
def thinking(engine: FakeEngine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The engine answers with what the actions say."""
    monkeypatch.setenv("LIPEI_DATABASE_URL", database_url)
    monkeypatch.setenv("LIPEI_PUBLIC_URL", PUBLIC_URL)
    get_settings.cache_clear()
    executor = ActionExecutor()
    executor.register_package("actions")
    with ThreadPoolExecutor(1) as pool:
        engine.reply = lambda turn: pool.submit(_replies, executor, turn).result()
        yield engine


def _replies(executor: ActionExecutor, turn: Json) -> list[Json]:
    result = asyncio.run(executor.run(_call(turn)))
    assert result is not None
    return [_said(reply, turn["channel"]) for reply in result.responses]


def _call(turn: Json) -> Json:
    if turn["payload"]:
        intent, _, values = turn["text"].removeprefix("/").partition("{")
        entities = [{"entity": name, "value": value} for name, value in json.loads("{" + (values or "}")).items()]
    else:
        reading = read(turn["text"], turn["text"], turn["awaiting"] or "", [], None, 0.0)
        intent, entities = reading.intent or "inform", reading.entities
    metadata = {"message_id": turn["message_id"], "now": turn["now"], "awaiting": turn["awaiting"]}
    latest = {"intent": {"name": intent}, "entities": entities, "text": turn["text"], "metadata": metadata}
    tracker = {"sender_id": turn["conversation"], "slots": {}, "latest_message": latest, "events": [], "paused": False}
    tracker |= {"followup_action": None, "active_loop": {}, "latest_action_name": None}
    return {"next_action": "action_continue", "tracker": tracker, "domain": DOMAIN}


def _said(reply: dict[str, Any], channel: str) -> Json:
    variants = DOMAIN["responses"][reply["response"]]
    chosen = [each for each in variants if each.get("channel") == channel] or variants
    awaiting = (reply.get("json_message") or reply.get("custom") or {}).get("awaiting")
    return {"text": chosen[0]["text"].format(**reply), "buttons": reply.get("buttons") or [], "awaiting": awaiting}


def put_closed_claim(session: Session, *, preferred: str | None = None) -> Claim:
    """A small claim of a demo customer, closed a few hours ago."""
    now = clock.now()
    customer = Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE), preferred_channel=preferred)
    session.add(customer)
    session.flush()
    claim = Claim(
        number="C202611220000015",
        registration_key="test",
        customer_id=customer.id,
        line=Line.AUTO,
        cause=Cause.SCRATCH,
        state=ClaimState.CLOSED,
        state_since=now - timedelta(hours=3),
        reported_at=now - timedelta(days=3),
    )
    session.add(claim)
    session.flush()
    entry = TimelineEntry(claim_id=claim.id, at=claim.state_since, state_to=ClaimState.CLOSED, actor="handler01")
    session.add(entry)
    session.flush()
    return claim
