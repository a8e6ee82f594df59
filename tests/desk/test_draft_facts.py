"""The facts of an unfinished report beside a conversation: every one by a Chinese name, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock, conversations, drafts
from claims.facts import FACT_NAMES, Facts
from claims.models import AuditEntry
from claims.reporting import taking
from claims.reporting.heard import Heard
from claims.vocabulary import Cause, Line
from desk import draft_facts
from desk.operations.talks import draft_fields, hand_back, open_talk, take_talk, talk_standing
from desk.problems import Refused
from desk.seat import sentence_of
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


@pytest.fixture
def held(desks: Desks, session: Session) -> str:
    """A report in the hands of agent01, with some of its facts."""
    chat = conversations.open_conversation(session, "webchat")[0]
    known = WHOLE.with_(loss_estimate=None, policy="unknown", third_party=None, injured_count=1)
    flags = {"day_only": True, "skipped": ["loss_estimate"]}
    drafts.save(session, drafts.start(session, chat.id), known, asked="third_party", flags=flags)
    session.commit()
    desks("agent01", take_talk, chat.id)
    return chat.id


def test_the_form_has_what_was_said_and_what_is_still_open(desks: Desks, held: str) -> None:
    fields = {each["name"]: each for each in desks("agent01", draft_fields, held)}
    typed = {name: each["typed"] for name, each in fields.items()}
    assert typed == {
        "line": "auto",
        "policy": "",
        "incident_time": "2026-11-22",
        "location": "北京市海淀区中关村大街",
        "cause": "collision_multi",
        "injured_count": "1",
        "police_reported": "no",
        "loss_estimate": "",
        "description": "被后车追尾",
        "contact_phone": "13800138001",
    }
    assert fields["line"]["choices"]["auto"] == "车险"
    assert fields["police_reported"]["choices"] == {"yes": "是", "no": "否"}
    assert desks("agent01", draft_fields, "00000000-0000-0000-0000-000000000000") == []


def test_what_an_agent_puts_right_is_in_the_report_and_in_the_trail(desks: Desks, held: str, session: Session) -> None:
    typed = {
        "incident_time": "2026-11-21 15:30",
        "loss_estimate": "￥3,500.50",
        "injured_count": "0",
        "police_reported": "yes",
        "location": "",
        "policy": "PA202600000001",
    }
    desks("agent01", hand_back, held, "", "report_taken", "", typed)
    draft = drafts.open_draft(session, held)
    assert draft is not None
    assert drafts.facts(draft) == WHOLE.with_(
        incident_time=datetime(2026, 11, 21, 7, 30, tzinfo=UTC),
        loss_estimate=Decimal("3500.50"),
        third_party=None,
        police_reported=True,
        location=None,
    )
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "draft_corrected"))
    assert (entry.actor, entry.subject, entry.detail) == ("agent01", f"draft:{draft.id}", {"facts": sorted(typed)})


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("incident_time", "昨天", "fact_not_a_time"),
        ("incident_time", "2026-11-23", "fact_future"),
        ("incident_time", "2020-01-01 10:00", "fact_too_old"),
        ("loss_estimate", "三千", "amount_wrong"),
        ("loss_estimate", "99999999999", "fact_not_an_amount"),
        ("injured_count", "两个", "fact_not_a_count"),
        ("contact_phone", "110", "fact_not_a_phone"),
        ("policy", "PA209900000009", "fact_policy_not_found"),
        ("cause", "critical_illness", "fact_other_line"),
    ],
)
def test_what_cannot_be_right_is_told_and_the_conversation_kept(
    desks: Desks, held: str, name: str, text: str, why: str
) -> None:
    with pytest.raises(Refused, match=why) as refused:
        desks("agent01", hand_back, held, "", "solved", "", {name: text})
    assert not sentence_of(refused.value).isascii()
    assert desks("agent01", talk_standing, held)["mine"]
