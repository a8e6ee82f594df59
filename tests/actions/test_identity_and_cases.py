"""Proof of identity, then progress and materials of the customer's own claims."""

import re

import pytest
from sqlalchemy import select

from claims import casework, clocks, customers, database, lifecycle
from claims.models import OutboxItem
from claims.vocabulary import ClaimState
from tests.actions.talk import Talk


def code_sent() -> str:
    with database.unit_of_work(read_only=True) as work:
        item = work.session.scalars(select(OutboxItem).order_by(OutboxItem.created_at.desc())).first()
        assert item is not None
        found = re.search(r"\d{6}", item.text)
        assert found is not None
        return found.group()


def prove(talk: Talk, phone: str) -> str:
    talk.hears("inform", phone, "action_continue", phone=phone)
    code = code_sent()
    return talk.hears("inform", code, "action_continue", code=code)


def claim_of(phone: str) -> str:
    with database.unit_of_work(read_only=True) as work:
        customer = customers.find_by_phone(work.session, phone)[0]
        return casework.claims_of(work.session, customer.id)[0].number


def test_progress_asks_for_proof_and_then_answers(talk: Talk) -> None:
    talk.hears("ask_claim_status", "到哪一步了", "action_claim_status", "action_back")
    assert talk.awaiting == "contact_phone"
    assert claim_of("13800138002") in prove(talk, "13800138002")


def test_what_is_missing_is_told_from_the_database(talk: Talk) -> None:
    talk.hears("ask_materials", "还差什么", "action_materials", "action_back")
    read = prove(talk, "13800138002")
    assert "还差" in read or "需要的全部材料" in read


@pytest.mark.parametrize("number", [None, "C202601010000019"])
def test_a_number_of_somebody_else_is_answered_like_one_that_does_not_exist(talk: Talk, number: str | None) -> None:
    asked = number or claim_of("13800138003")
    talk.hears("ask_claim_status", asked, "action_claim_status", "action_back", claim_no=asked)
    read = prove(talk, "13800138002")
    assert read == f"验证通过，谢谢。\n在您名下没有查到案件 {asked}，请核对案件号；需要帮助请说“转人工”。"


def test_five_wrong_codes_lock(talk: Talk) -> None:
    talk.hears("ask_claim_status", "到哪一步了", "action_claim_status", "action_back")
    talk.hears("inform", "13800138002", "action_continue", phone="13800138002")
    wrong = "000000" if code_sent() != "000000" else "111111"
    for _ in range(5):
        read = talk.hears("inform", wrong, "action_continue", code=wrong)
    assert "15 分钟" in read
    assert talk.awaiting is None


def test_a_claim_is_withdrawn_after_proof_and_a_yes(talk: Talk) -> None:
    talk.hears("withdraw_claim", "撤案", "action_withdraw", "action_back")
    prove(talk, "13800138002")
    assert talk.awaiting == "confirm"
    assert "已撤销" in talk.hears("affirm", "确定", "action_continue")


def test_the_own_policies_are_listed(talk: Talk) -> None:
    talk.hears("ask_policy", "我的保单", "action_policy", "action_back")
    assert "PA202600000001" in prove(talk, "13800138001")


def test_what_a_kind_of_claim_needs_is_no_secret(talk: Talk) -> None:
    read = talk.hears("ask_materials", "家财险要什么材料", "action_materials", "action_back", insurance_line="property")
    assert "一般需要" in read
    assert "损失清单" in read
    assert talk.awaiting is None


def test_in_the_middle_of_a_report_the_list_is_told_and_the_report_goes_on(talk: Talk) -> None:
    talk.hears("report_claim", "刚才追尾了前车", "action_report", cause="collision_multi", injured_count=0)
    read = talk.hears("ask_materials", "要什么材料", "action_materials", "action_back")
    assert "行驶证" in read
    assert talk.awaiting == "incident_time"


def test_a_delay_is_told_with_its_reason(talk: Talk) -> None:
    number = claim_of("13800138003")
    with database.unit_of_work() as work:
        claim = casework.find_claim(work.session, number)
        assert claim is not None
        lifecycle.move(work.session, claim, ClaimState.DISPUTED, actor="customer")
        clocks.tell(work.session, claim, "dispute_reply", reason="等修理厂的报价", until=None, actor="handler01")
        work.commit()
    talk.hears("ask_claim_status", number, "action_claim_status", "action_back", claim_no=number)
    assert "异议答复比原定的时间晚一些，原因：等修理厂的报价。" in prove(talk, "13800138003")


def test_who_goes_on_reporting_is_not_held_up_by_a_proof(talk: Talk) -> None:
    talk.hears("report_claim", "刚才追尾了前车", "action_report", cause="collision_multi", injured_count=0)
    talk.hears("ask_policy", "查一下我的保单", "action_policy", "action_back")
    assert talk.awaiting == "contact_phone"
    talk.hears("inform", "昨天傍晚六点", "action_continue", incident_time="2026-11-20T18:00:00+08:00")
    assert talk.awaiting == "location"


def test_the_number_of_a_claim_is_enough_where_the_words_are_not_clear(talk: Talk) -> None:
    number = claim_of("13800138002")
    talk.hears("ask_claim_status", "进度", "action_claim_status", "action_back")
    prove(talk, "13800138002")
    assert number in talk.hears("nlu_fallback", f"那{number}这个呢", "action_clarify", claim_no=number)
