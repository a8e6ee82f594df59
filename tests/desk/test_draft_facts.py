"""The facts of an unfinished report beside a conversation: every one by a Chinese name, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from claims import clock, conversations, drafts
from claims.facts import FACT_NAMES, Facts
from claims.reporting import taking
from claims.reporting.heard import Heard
from claims.vocabulary import Cause, Line
from desk import draft_facts
from desk.operations.talks import open_talk
from desk.wording import words
from tests.desk.conftest import Desks

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
WHOLE = Facts(
    policy="PA202600000001",
    line=Line.AUTO,
    incident_time=datetime(2026, 11, 21, 16, 0, tzinfo=UTC),
    location="北京市海淀区中关村大街",
    cause=Cause.COLLISION_MULTI,
    description="被后车追尾",
    injured_count=0,
    third_party=True,
    police_reported=False,
    loss_estimate=Decimal("3500.00"),
    contact_phone="13800138001",
)


@pytest.fixture(autouse=True)
def _a_day_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize("name", FACT_NAMES)
def test_every_fact_has_a_chinese_name(name: str) -> None:
    assert words("facts")[name].isascii() is False


def test_an_agent_reads_the_whole_draft_in_words(desks: Desks, session: Session) -> None:
    chat = conversations.open_conversation(session, "webchat")[0]
    drafts.save(session, drafts.start(session, chat.id), WHOLE)
    session.commit()
    assert desks("agent01", open_talk, chat.id)["draft"] == [
        ("险种", "车险"),
        ("保单", "PA202600000001"),
        ("出险时间", "11月22日 00:00"),
        ("出险地点", "北京市海淀区中关村大街"),
        ("出险原因", "与他车或他人碰撞"),
        ("受伤人数", "无人受伤"),
        ("涉及第三方", "是"),
        ("已报警", "否"),
        ("预估损失", "3,500 元"),
        ("经过", "被后车追尾"),
        ("联系电话", "13800138001"),
    ]


@pytest.mark.parametrize(
    ("name", "said", "flags", "shown"),
    [
        ("policy", "unknown", {}, "待核实"),
        ("incident_time", datetime(2026, 11, 20, 16, 0, tzinfo=UTC), {"day_only": True}, "11月21日"),
        ("incident_time", datetime(2025, 12, 31, 15, 5, tzinfo=UTC), {}, "2025年12月31日 23:05"),
        ("injured_count", 2, {}, "2 人"),
        ("loss_estimate", Decimal("3500.50"), {}, "3,500.50 元"),
        ("loss_estimate", Decimal("12000.00"), {"loss_from": "8000.00"}, "8,000–12,000 元"),
    ],
)
def test_values_that_need_more_than_their_own_word(name: str, said: object, flags: dict, shown: str) -> None:
    assert draft_facts.value(Facts(**{name: said}), name, flags) == shown


def test_a_range_keeps_both_ends_until_one_sum_is_said(session: Session) -> None:
    draft = drafts.start(session, conversations.open_conversation(session, "webchat")[0].id)
    for amount, shown in (([2000, 3000], "2,000–3,000 元"), (3000, "3,000 元")):
        heard = Heard(text="损失", intent="inform", now=NOW, values={"amount": [amount]}, awaiting="loss_estimate")
        taking.take(session, draft, heard, None)
        assert dict(draft_facts.shown(draft))["预估损失"] == shown
