"""A report begun on one channel and finished on another, once the customer has proven who it is."""

from __future__ import annotations

import pytest

from claims import conversations, database, drafts
from tests.actions.talk import Talk
from tests.actions.test_identity_and_cases import prove

PLACE = "北京市朝阳区朝阳路"


@pytest.fixture
def wechat(talk: Talk) -> Talk:
    """A report begun on WeChat, up to the place and the phone."""
    wechat = Talk.begin("wechat", "openid-1")
    wechat.hears("report_claim", "车险报案，在朝阳路", "action_report", insurance_line="auto", location=PLACE)
    wechat.hears("inform", "电话13800138001", "action_continue", phone="13800138001")
    return wechat


def location(talk: Talk) -> str | None:
    with database.unit_of_work(read_only=True) as work:
        draft = drafts.open_draft(work.session, talk.conversation_id)
        return drafts.facts(draft).location if draft is not None else None


def test_the_report_goes_on_where_it_stopped(wechat: Talk) -> None:
    assert location(wechat) == PLACE
    texting = Talk.begin("sms", "13800138009")
    texting.hears("resume_task", "继续报案", "action_resume_report")
    assert texting.awaiting == "contact_phone"
    prove(texting, "13800138001")
    assert location(texting) == PLACE
    assert location(wechat) is None
    assert wechat.awaiting is None


def test_the_one_that_is_named_comes_before_the_one_that_is_here(wechat: Talk) -> None:
    texting = Talk.begin("sms", "13800138009")
    texting.hears("report_claim", "家里漏水了", "action_report", insurance_line="property", location="上海市徐汇区")
    texting.hears("resume_task", "在微信上刚才报到一半", "action_resume_report")
    prove(texting, "13800138001")
    assert location(texting) == PLACE
    with database.unit_of_work(read_only=True) as work:
        parked = drafts.latest_parked(work.session, texting.conversation_id)
        assert parked is not None
        assert drafts.facts(parked).location == "上海市徐汇区"


def test_without_a_word_of_elsewhere_the_one_here_goes_on(wechat: Talk) -> None:
    texting = Talk.begin("sms", "13800138009")
    texting.hears("report_claim", "家里漏水了", "action_report", insurance_line="property", location="上海市徐汇区")
    texting.hears("resume_task", "继续报案", "action_resume_report")
    assert location(texting) == "上海市徐汇区"


def test_another_customer_finds_nothing(wechat: Talk) -> None:
    texting = Talk.begin("sms", "13800138009")
    texting.hears("resume_task", "继续报案", "action_resume_report")
    prove(texting, "13800138002")
    assert location(texting) is None
    assert location(wechat) == PLACE
    with database.unit_of_work(read_only=True) as work:
        assert conversations.get(work.session, texting.conversation_id).awaiting is None
