"""Wording of notices: complete, short enough for a text message, filled from the claim."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from claims.clock import SHANGHAI
from claims.models import Claim, ClockDelay, TimelineEntry
from claims.notices import texts
from claims.segments import segments
from claims.vocabulary import ClaimState, Line

AT = datetime(2026, 11, 25, 10, 0, tzinfo=SHANGHAI)


def told(session, state: ClaimState, channel: str, *, gentle: bool = False, note: str = "", came_from=None) -> str:
    claim = Claim(
        number="C202611250000017",
        registration_key="k",
        line=Line.AUTO,
        state=state,
        state_since=AT,
        offer_amount=Decimal("5800.00"),
        rejection_grounds="事故发生在保险期间之外。",
    )
    session.add(claim)
    session.flush()
    entry = TimelineEntry(claim_id=claim.id, at=AT, state_from=came_from, state_to=state, actor="handler01", note=note)
    return texts.of_step(session, claim, entry, channel, gentle=gentle)


@pytest.mark.parametrize("state", list(ClaimState))
@pytest.mark.parametrize("gentle", [False, True])
def test_every_step_has_its_words_and_a_text_message_is_short(session, state, gentle: bool) -> None:
    chat, sms = (told_by(session, state, channel, gentle) for channel in ("wechat", "sms"))
    assert "C202611250000017" in chat
    assert "C202611250000017" in sms
    assert sms.startswith("【理赔助手】")
    assert segments(sms) <= 3
    assert "{" not in chat + sms


def told_by(session, state: ClaimState, channel: str, gentle: bool) -> str:
    with session.begin_nested() as point:
        text = told(session, state, channel, gentle=gentle)
        point.rollback()
    return text


def test_the_result_is_explained(session) -> None:
    offer = told(session, ClaimState.OFFER, "wechat", note="维修费6300元，扣除免赔额500元")
    assert "5,800元" in offer
    assert "计算：维修费6300元，扣除免赔额500元。" in offer


def test_a_refusal_gives_its_grounds_and_what_can_be_done(session) -> None:
    refusal = told(session, ClaimState.REJECTED, "sms")
    assert "事故发生在保险期间之外。" in refusal
    assert "异议" in refusal


def test_words_are_softer_after_a_death(session) -> None:
    state = ClaimState.CLOSED
    assert told_by(session, state, "sms", True) != told_by(session, state, "sms", False)
    assert "辛苦" in told_by(session, state, "sms", True)
    assert "回访" in told_by(session, state, "wechat", False)
    assert "回访" not in told_by(session, state, "wechat", True)


def test_what_was_paid_is_named_at_the_end(session) -> None:
    assert "赔款5,800元已支付" in told(session, ClaimState.CLOSED, "sms", came_from=ClaimState.PAYMENT)


def test_a_delay_names_reason_and_new_time(session) -> None:
    claim = Claim(number="C202611250000017", registration_key="k", line=Line.AUTO)
    delay = ClockDelay(clock="inspection", promised=AT, until=AT.replace(day=27), reason="查勘员需要另约时间。")
    text = texts.of_delay(claim, delay, "sms", gentle=False)
    assert "查勘会晚一些：查勘员需要另约时间。新的时间是11月27日10:00前" in text
