"""Reporting, as the customer reads it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from claims import casework, database
from claims.clock import SHANGHAI
from claims.models import Claim
from tests.actions.talk import Talk

TEXT = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"


def rear_end() -> dict[str, Any]:
    when = (datetime.now(tz=SHANGHAI) - timedelta(days=1)).replace(hour=15, minute=0, second=0, microsecond=0)
    return {
        "incident_time": when.isoformat(),
        "plate_no": "京A12345",
        "location": "朝阳路",
        "cause": "collision_multi",
        "injured_count": 0,
        "amount": 3500,
        "police_reported": False,
    }


def report(talk: Talk) -> None:
    talk.hears("report_claim", TEXT, "action_report", **rear_end())
    talk.hears("inform", "13800138001", "action_continue", phone="13800138001")


def claims_in_database() -> int:
    with database.unit_of_work(read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(Claim)) or 0


def test_three_messages_register_the_claim(talk: Talk) -> None:
    report(talk)
    assert talk.awaiting == "confirm"
    read = talk.hears("affirm", "确认", "action_continue")
    with database.unit_of_work(read_only=True) as work:
        claim = casework.reported_in(work.session, talk.conversation_id)
        assert claim is not None
        assert claim.number in read
        assert claim.location == "朝阳路"
    assert "24小时" in read
    assert "驾驶证" in read


def test_a_message_sent_again_is_answered_alike_and_registers_nothing(talk: Talk) -> None:
    report(talk)
    first = talk.hears("affirm", "确认", "action_continue")
    before = claims_in_database()
    assert talk.hears_again("affirm", "确认", "action_continue") == first
    assert claims_in_database() == before


def test_a_question_in_between_loses_nothing(talk: Talk) -> None:
    talk.hears("report_claim", TEXT, "action_report", **rear_end())
    read = talk.hears("ask_why", "为什么要问这个", "action_explain_question", "action_back")
    assert "联系" in read
    assert talk.awaiting == "contact_phone"


def test_an_item_of_the_summary_is_changed(talk: Talk) -> None:
    report(talk)
    talk.hears("edit_item", "改第4项", "action_continue", item=4)
    assert talk.awaiting == "location"
    assert "建国路" in talk.hears("inform", "建国路", "action_continue", location="建国路")
    assert talk.awaiting == "confirm"


def test_an_item_that_is_not_there_is_said(talk: Talk) -> None:
    report(talk)
    assert "没有这一项" in talk.hears("edit_item", "改第99项", "action_continue", item=99)
    assert talk.awaiting == "confirm"


def test_a_fact_named_without_its_value_is_asked_again(talk: Talk) -> None:
    report(talk)
    talk.hears("correct_detail", "地点写错了", "action_continue")
    assert talk.awaiting == "location"


def test_cancel_keeps_everything_for_later(talk: Talk) -> None:
    talk.hears("report_claim", TEXT, "action_report", **rear_end())
    talk.hears("cancel_task", "先不报了", "action_cancel")
    assert talk.awaiting is None
    read = talk.hears("resume_task", "继续报案", "action_resume_report")
    assert "联系电话" in read
    assert talk.awaiting == "contact_phone"


def test_help_comes_before_any_question(talk: Talk) -> None:
    read = talk.hears("report_claim", "撞车了有人流血", "action_report", cause="collision_multi", injured=True)
    assert read.index("120") < read.index("有几位受伤")
    assert talk.awaiting == "injured_count"


@pytest.mark.parametrize("turns", [3])
def test_a_person_is_offered_when_the_bot_does_not_understand(talk: Talk, turns: int) -> None:
    talk.hears("report_claim", TEXT, "action_report", **rear_end())
    for _ in range(turns):
        read = talk.hears("inform", "呃呃", "action_continue")
    assert "已为您登记人工服务" in read
    assert talk.awaiting == "contact_phone"


def test_an_expired_policy_is_said_with_ways_out(talk: Talk) -> None:
    read = talk.hears("report_claim", TEXT, "action_report", **(rear_end() | {"plate_no": "川A88888"}))
    assert "已经到期" in read
    assert talk.awaiting == "choice"
    talk.hears("inform", "仍提交人工核实", "action_continue", choose="insist")
    assert talk.awaiting == "contact_phone"


@pytest.mark.parametrize("channel", ["webchat", "voice"])
def test_what_no_key_can_say_may_be_left_out_on_the_phone(talk: Talk, channel: str) -> None:
    caller = talk if channel == "webchat" else Talk.begin("voice", "+8613800138001")
    said = {name: value for name, value in rear_end().items() if name != "location"}
    caller.hears("report_claim", "昨天追尾了", "action_report", **said)
    assert caller.awaiting == "location"
    offered = [button for reply in caller.last_replies for button in reply.get("buttons") or []]
    assert [button["title"] for button in offered] == (["跳过这一项"] if channel == "voice" else [])
    if offered:
        caller.hears("inform", "跳过这一项", "action_continue", unknown="location")
        assert caller.awaiting == "description"


def test_whoever_said_that_a_guest_was_hurt_is_not_asked_whether_somebody_was(talk: Talk) -> None:
    read = talk.hears(
        "report_claim", "有个客人滑倒摔断了胳膊", "action_report", cause="third_party_injury", line_hint="liability"
    )
    assert talk.awaiting == "injured_count"
    assert "几位受伤" in read and "有人受伤吗" not in read
