"""The renewal conversation with the actions alone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from claims import conversations, database
from claims.models import Renewal, StaffAccount
from claims.vocabulary import RenewalState
from tests.actions.talk import Talk
from tests.actions.test_identity_and_cases import prove

RULE = ("action_renewal", "action_back")
CHEN = "13800138003"
ADDRESS = "广州市天河区黄埔大道西100号"


def renewal() -> Renewal:
    with database.unit_of_work(read_only=True) as work:
        found = work.session.scalars(select(Renewal)).one()
        work.session.expunge(found)
        return found


def tasks(talk: Talk) -> list[str]:
    with database.unit_of_work(read_only=True) as work:
        return [task["task"] for task in conversations.get(work.session, talk.conversation_id).tasks]


@pytest.fixture
def checked(talk: Talk) -> Talk:
    """陳志明 has proven who he is and sees what is on file."""
    talk.hears("renew_policy", "我要续保", *RULE)
    assert talk.awaiting == "contact_phone"
    read = prove(talk, CHEN)
    assert "车牌：粤AD12345" in read
    assert "通讯地址：未登记" in read
    assert "使用性质：家庭自用" in read
    assert re.search("还有 1[12] 天", read)  # midnight may pass between seeding and asking
    assert talk.awaiting == "confirm"
    return talk


def test_from_the_wish_to_a_task_for_a_person(checked: Talk) -> None:
    checked.hears("affirm", "都对", "action_continue")
    assert checked.awaiting == "location"
    # The engine reads a place as reports need it, without the number of the house.
    read = checked.hears("inform", f"我现在住在{ADDRESS}", "action_continue", location="广州市天河区黄埔大道")
    assert f"通讯地址：{ADDRESS}" in read
    read = checked.hears("affirm", "对的", "action_continue")
    # 950 of the law; 3,734 for the rest, with one claim in the term; a new-energy car pays no tax on vehicles.
    for part in ("基准保费：4,684元", "本年度出险1次，系数1.00）：+0元", "车船税（代收）：0元", "合计 4,684元"):
        assert part in read
    read = checked.hears("affirm", "好的", "action_continue")
    assert "已登记" in read
    kept = renewal()
    assert (kept.state, kept.price, kept.checked["address"]) == (RenewalState.ASKED, Decimal("4684.00"), ADDRESS)
    with database.unit_of_work(read_only=True) as work:
        assert work.session.get_one(StaffAccount, kept.owner_id).login == "agent01"
    assert tasks(checked) == []
    again = checked.hears("renew_policy", "我要续保", *RULE)
    assert "之前已经登记" in again


def test_data_is_put_right_in_the_customers_own_words(checked: Talk) -> None:
    read = checked.hears(
        "update_contact", "电话换成13900139009", "action_update_contact", "action_back", phone="13900139009"
    )
    assert "联系电话：139****9009" in read
    read = checked.hears("schedule_inspection", "车现在跑网约车", "action_inspection", "action_back")
    assert "使用性质：网约车" in read
    read = checked.hears("deny", "不对", "action_continue")
    assert "哪一项" in read
    read = checked.hears("inform", "地址", "action_continue")
    assert checked.awaiting == "location"
    checked.hears("inform", ADDRESS, "action_continue", location=ADDRESS)
    read = checked.hears("affirm", "对", "action_continue")
    assert "使用性质（系数1.60）：+2,240.40元" in read


def test_a_question_in_between_comes_back_to_the_open_question(checked: Talk) -> None:
    read = checked.hears("ask_policy", "我的车险什么时候到期", "action_policy", "action_back")
    assert "PA202600000003" in read
    assert "都对吗" in read
    assert checked.awaiting == "confirm"


def test_an_address_said_beside_its_name(checked: Talk) -> None:
    checked.hears("update_contact", "地址变了", "action_update_contact", "action_back")
    assert checked.awaiting == "location"
    checked.hears("inform", ADDRESS, "action_continue")
    text = "不对，地址改成成都市武侯区天府大道12号"
    read = checked.hears("correct_detail", text, "action_continue", location="成都市武侯区天府大道")
    assert "通讯地址：成都市武侯区天府大道12号" in read


def test_a_wish_of_another_kind_is_not_taken(checked: Talk) -> None:
    read = checked.hears("schedule_inspection", "查勘员什么时候来", "action_inspection", "action_back")
    assert "查勘" in read
    assert "都对吗" in read


@pytest.mark.parametrize("text", ["太贵了不要了", "已经在别家买了", "不想续了"])
def test_other_ways_to_say_no(checked: Talk, text: str) -> None:
    assert "不再发提醒" in checked.hears("inform", text, "action_continue")


def test_not_wanted_ends_it_and_is_kept(checked: Talk) -> None:
    read = checked.hears("deny", "不续了，换别家了", "action_continue")
    assert "不再发提醒" in read
    kept = renewal()
    assert kept.state is RenewalState.DECLINED


def test_thinking_it_over_leaves_it_open(checked: Talk) -> None:
    checked.hears("inform", ADDRESS, "action_continue", location=ADDRESS)
    checked.hears("affirm", "对", "action_continue")
    checked.hears("inform", ADDRESS, "action_continue", location=ADDRESS)
    checked.hears("affirm", "对", "action_continue")
    read = checked.hears("inform", "我再想想", "action_continue")
    assert "慢慢考虑" in read
    kept = renewal()
    assert kept.state is RenewalState.OPEN
    assert tasks(checked) == []


def test_no_by_text_message_needs_no_proof(talk: Talk) -> None:
    sms = Talk.begin("sms", CHEN)
    read = sms.hears("renew_policy", "不续了", *RULE)
    assert "不再发提醒" in read
    kept = renewal()
    assert kept.state is RenewalState.DECLINED


def test_no_in_an_unknown_chat_needs_one(talk: Talk) -> None:
    talk.hears("renew_policy", "不续了", *RULE)
    assert talk.awaiting == "contact_phone"
    assert "不再发提醒" in prove(talk, CHEN)


def push(talk: Talk, *under_way: dict[str, Any]) -> None:
    with database.unit_of_work() as work:
        for each in under_way:
            conversations.push_task(conversations.get(work.session, talk.conversation_id), each)
        work.commit()


REMINDER = {"task": "renewal", "step": "offered", "policy": "PA202600000003", "details": {}}


def test_a_reminder_is_answered_with_yes_and_forgotten_when_something_else_is_said(talk: Talk) -> None:
    push(talk, REMINDER)
    assert talk.hears("thank", "谢谢", "action_back") == ""
    assert tasks(talk) == []
    push(talk, REMINDER)
    talk.hears("affirm", "好的", "action_continue")
    assert talk.awaiting == "contact_phone"
    assert "车牌：粤AD12345" in prove(talk, CHEN)


def test_an_event_told_to_a_reminder_is_reported_whatever_lies_beneath(talk: Talk) -> None:
    question = {"own": True, "aspect": "covered", "line": "auto", "cause": "glass"}
    push(talk, {"task": "own_cover", "waits_for": "yes", "question": question}, REMINDER)
    event = {"cause": "collision_multi", "location": "北京市朝阳区朝阳路"}
    talk.hears("inform", "刚在朝阳路追尾了", "action_continue", **event)
    assert talk.awaiting == "injured_count"
    assert tasks(talk) == []


def test_what_ends_in_half_a_year_can_wait(talk: Talk) -> None:
    talk.hears("renew_policy", "我要续保", *RULE)
    read = prove(talk, "13800138001")
    assert "起可以续保" in read
    assert tasks(talk) == []


def test_what_has_expired_is_said_to_have(talk: Talk) -> None:
    talk.hears("renew_policy", "我要续保", *RULE)
    read = prove(talk, "13800138004")
    assert re.search("过期 2[01] 天", read)
