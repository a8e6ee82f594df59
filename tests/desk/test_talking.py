"""Conversations at the desk: opened, taken, answered, annotated, passed on, given back; and the supervisors' side."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import conversations, customers, quality
from claims.errors import NotFound, OwnedByOther
from claims.handover import callbacks, escalate
from claims.identity import proof
from claims.models import AuditEntry, Conversation, Message, OutboxItem
from claims.vocabulary import HandoverReason, Mode
from desk.operations.board import board, colleagues, list_callbacks, settle_callback
from desk.operations.lookup import search
from desk.operations.me import announce
from desk.operations.quality import draw_sample, judge_talk, list_reviews, read_sampled
from desk.operations.replies import common, drop_reply, keep_reply, last_question, own_replies
from desk.operations.talks import (
    assign_talk,
    hand_back,
    open_talk,
    pass_on,
    recent_talks,
    say_to_customer,
    take_next,
    take_talk,
    talk_standing,
    write_note,
)
from desk.problems import Refused
from desk.seat import who_am_i
from tests.desk.conftest import Desks


@pytest.fixture
def waiting(desks: Desks, session: Session) -> str:
    """李娜 at the web chat, proven, waiting for a person; agent01 is at the desk."""
    desks("agent01", announce, "online")
    li = customers.find_by_phone(session, "13800138002")[0]
    chat = conversations.open_conversation(session, "webchat")[0]
    proof.set_proven(chat, li.id)
    conversations.record_inbound(session, chat, text="发票丢了怎么办", provider_id="1")
    escalate.escalate(session, chat, HandoverReason.ASKED)
    sms = conversations.open_conversation(session, "sms", address="13800138002")[0]
    conversations.record_inbound(session, sms, text="短信里问过一次", provider_id="2")
    session.commit()
    return chat.id


def said(session: Session, conversation_id: str) -> list[tuple[str, str]]:
    session.expire_all()
    found = conversations.messages_after(session, conversation_id)
    return [(message.author.value, message.text) for message in found]


def test_opening_shows_all_channels_and_everything_known(desks: Desks, waiting: str, li_na: str) -> None:
    talk = desks("agent01", open_talk, waiting)
    assert [(b["text"], b["channel"]) for b in talk["thread"]] == [("发票丢了怎么办", ""), ("短信里问过一次", "短信")]
    assert talk["who"] == "李娜" and talk["waiting"] and not talk["mine"]
    assert talk["customer"]["id_card"] == "440***********2349"
    assert [claim["number"] for claim in talk["claims"]] == [li_na]
    assert "要求转人工" in talk["summary"]


def test_the_first_keystroke_takes_it_and_a_colleague_is_refused(desks: Desks, waiting: str, session: Session) -> None:
    assert desks("agent01", take_talk, waiting)["mine"]
    assert session.get_one(Conversation, waiting, populate_existing=True).mode is Mode.AGENT
    session.commit()
    with pytest.raises(OwnedByOther):
        desks("handler01", say_to_customer, waiting, "我来", "1")
    assert desks("handler01", talk_standing, waiting)["owner"] == "王敏"
    assert ("agent", "我来") not in said(session, waiting)


def test_the_same_message_sent_twice_is_said_once(desks: Desks, waiting: str, session: Session) -> None:
    for _ in range(2):
        desks("agent01", say_to_customer, waiting, " 可以用复印件 ", "one")
    with pytest.raises(Refused, match="text_needed"):
        desks("agent01", say_to_customer, waiting, "  ", "two")
    assert [text for author, text in said(session, waiting) if author == "agent"] == ["可以用复印件"]


def test_a_private_note_never_reaches_the_customer(desks: Desks, waiting: str, session: Session) -> None:
    desks("agent01", take_talk, waiting)
    desks("agent01", write_note, waiting, "客户情绪激动，注意")
    thread = desks("supervisor01", open_talk, waiting)["thread"]
    assert [(b["from"], b["name"]) for b in thread if b["text"] == "客户情绪激动，注意"] == [("note", "王敏")]
    assert not [text for text in session.scalars(select(Message.text)) if "情绪激动，注意" in text]
    assert not [text for text in session.scalars(select(OutboxItem.text)) if "情绪激动，注意" in text]


def test_giving_back_needs_a_wrap_up(desks: Desks, waiting: str, session: Session) -> None:
    desks("agent01", take_talk, waiting)
    with pytest.raises(Refused, match="wrap_up_needed"):
        desks("agent01", hand_back, waiting, "复印件即可", "", "")
    assert desks("agent01", hand_back, waiting, "复印件即可", "information", "")
    assert session.get_one(Conversation, waiting, populate_existing=True).mode is Mode.BOT
    assert not desks("agent01", talk_standing, waiting)["mine"]


def test_the_next_is_the_most_urgent_and_ones_own_first(desks: Desks, waiting: str, session: Session) -> None:
    other = conversations.open_conversation(session, "webchat")[0]
    escalate.escalate(session, other, HandoverReason.EMERGENCY)
    session.commit()
    desks("supervisor01", assign_talk, waiting, "handler01")
    assert desks("handler01", take_next) == waiting
    assert desks("agent01", take_next) == other.id
    with pytest.raises(Refused, match="nothing_waits"):
        desks("agent01", take_next)


def test_passing_on_is_for_whoever_has_it(desks: Desks, waiting: str) -> None:
    desks("agent01", take_talk, waiting)
    with pytest.raises(OwnedByOther):
        desks("handler01", pass_on, waiting, "handler01")
    for nobody in ("surveyor01", "admin01", "nobody"):
        with pytest.raises(NotFound):
            desks("agent01", pass_on, waiting, nobody)
    desks("agent01", pass_on, waiting, "handler01")
    assert desks("handler01", talk_standing, waiting)["mine"]
    desks("handler01", pass_on, waiting)
    assert desks("handler01", talk_standing, waiting)["waiting"]


def test_reading_personal_data_is_written_down_without_it(desks: Desks, waiting: str, session: Session) -> None:
    desks("agent01", open_talk, waiting)
    desks("agent01", search, "13800138002")
    desks("supervisor01", recent_talks)
    entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(4)))
    actions = {(entry.actor, entry.action) for entry in entries}
    assert actions == {
        ("agent01", "conversation_read"),
        ("agent01", "searched"),
        ("supervisor01", "staff_signed_in"),
        ("supervisor01", "conversations_listed"),
    }
    assert "13800138002" not in str([entry.detail for entry in entries])


def test_search_finds_claims_and_conversations(desks: Desks, waiting: str, li_na: str) -> None:
    found = desks("handler01", search, "李娜")
    assert [claim["number"] for claim in found["claims"]] == [li_na]
    assert waiting in [talk["id"] for talk in found["conversations"]]
    assert len(found["policies"]) == 2


def test_the_board_counts_and_names(desks: Desks, waiting: str) -> None:
    before = desks("supervisor01", board)
    assert {name: value for name, value, _ in before["tiles"]}["waiting"] == "1"
    assert [row["id"] for row in before["waiting"]] == [waiting]
    desks("agent01", say_to_customer, waiting, "您好", "1")
    after = desks("supervisor01", board)
    assert [row["owner"] for row in after["held"]] == ["王敏"]
    assert [(p["name"], p["presence"], p["load"]) for p in after["people"]] == [("王敏", "online", 1)]


def test_presence_is_told_to_colleagues(desks: Desks) -> None:
    assert desks("agent01", who_am_i)[4] == "offline"
    desks("agent01", announce, "away")
    assert desks("agent01", who_am_i)[4] == "away"
    assert set(desks("handler01", colleagues)) == {"agent01", "supervisor01"}
    assert "小休" in desks("handler01", colleagues)["agent01"]


def test_callbacks_are_listed_and_settled(desks: Desks, session: Session) -> None:
    chat = conversations.open_conversation(session, "sms", address="13800138001")[0]
    escalation = escalate.escalate(session, chat, HandoverReason.ASKED)  # nobody is at the desk: a callback
    assert escalation.booking is not None
    callbacks.set_phone(session, escalation.booking, "13800138001")
    session.commit()
    (line,) = desks("agent01", list_callbacks)
    assert line["phone"] == "13800138001"
    desks("agent01", settle_callback, line["id"], "done", "已答复")
    assert desks("agent01", list_callbacks) == []


def test_quality_from_the_sample_to_the_sheet(desks: Desks, waiting: str) -> None:
    desks("agent01", say_to_customer, waiting, "您好", "1")
    desks("agent01", hand_back, waiting, "", "solved", "答疑")
    (drawn,) = desks("supervisor01", draw_sample, 7, 5)
    assert (drawn["agent"], drawn["wrap_up"]) == ("王敏", "已解决")
    assert "您好" in [b["text"] for b in desks("supervisor01", read_sampled, drawn["id"])["thread"]]
    scores = {criterion.key: 4 for criterion in quality.sheet().criteria}
    with pytest.raises(Refused, match="scores_needed"):
        desks("supervisor01", judge_talk, drawn["id"], {})
    assert desks("supervisor01", judge_talk, drawn["id"], scores, "稳") == 80
    assert [(r["agent"], r["total"]) for r in desks("supervisor01", list_reviews)] == [("王敏", 80)]
    assert desks("supervisor01", draw_sample, 7, 5) == []


def test_ready_replies(desks: Desks, waiting: str) -> None:
    assert all(reply["title"] and reply["text"] for replies in common().values() for reply in replies)
    desks("agent01", keep_reply, "开场", "您好，我是王敏")
    (mine,) = desks("agent01", own_replies)
    assert desks("handler01", own_replies) == []
    with pytest.raises(NotFound):
        desks("handler01", drop_reply, mine["id"])
    desks("agent01", drop_reply, mine["id"])
    assert desks("agent01", own_replies) == []
    assert desks("agent01", last_question, waiting) == "发票丢了怎么办"
