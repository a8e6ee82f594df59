"""Claims worked on at the desk: moved, judged, visited, and what each role sees of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import attachments, clock, conversations, materials
from claims.errors import NotEntitled, StepNotAllowed
from claims.models import AuditEntry, Claim
from desk.files import open_file
from desk.operations.cases import judge_material, list_cases, move_case, open_case
from desk.operations.visits import book_visit, cancel_visit, finish_visit, list_surveyors
from desk.problems import Refused
from desk.shown import DAY_AND_TIME
from tests.desk.conftest import Call, Desks

SOON = (clock.local(clock.now()) + timedelta(days=2)).strftime(DAY_AND_TIME)


@pytest.fixture
def accepted(desks: Desks, li_na: str) -> str:
    desks("handler01", move_case, li_na, "accepted")
    return li_na


def test_a_handler_takes_a_claim_through_its_steps(desks: Desks, accepted: str) -> None:
    book_visit_at = desks("handler01", book_visit, accepted, SOON, "深圳市南山区科苑路8号", "surveyor01")
    assert book_visit_at["state"] == "inspection"
    desks("surveyor01", finish_visit, accepted, "脚踝肿胀，与描述一致")
    desks("surveyor01", move_case, accepted, "assessment", amount="1,860")
    desks("handler01", move_case, accepted, "approval", amount="1760.50")
    claim = desks("supervisor01", move_case, accepted, "offer", note="扣除免赔额100元")
    assert (claim["state"], claim["offer_amount"]) == ("offer", "1,760.50 元")
    last = claim["timeline"][-1]
    assert (last["state"], last["actor"], last["note"]) == ("待客户确认金额", "吴静", "扣除免赔额100元")
    assert [visit["state"] for visit in claim["visits"]] == ["done"]


def test_every_change_is_in_the_trail_with_who_made_it(desks: Desks, accepted: str, session: Session) -> None:
    desks("handler01", book_visit, accepted, SOON, "现场", "surveyor01")
    desks("handler01", cancel_visit, accepted)
    about = select(AuditEntry.actor, AuditEntry.action).where(AuditEntry.subject == f"claim:{accepted}")
    found = [tuple(row) for row in session.execute(about.order_by(AuditEntry.id))]
    wanted = ["claim_moved", "inspection_booked", "claim_moved", "inspection_cancelled"]
    assert found[-4:] == [("handler01", action) for action in wanted]


@pytest.mark.parametrize("login", ["agent01", "surveyor01"])
def test_steps_that_are_not_the_roles(desks: Desks, li_na: str, login: str) -> None:
    with pytest.raises(NotEntitled):
        desks(login, move_case, li_na, "accepted")
    assert "accepted" not in desks(login, open_case, li_na)["steps"]
    assert desks("handler01", open_case, li_na)["state"] == "materials"


def test_steps_that_are_not_the_claims(desks: Desks, li_na: str) -> None:
    with pytest.raises(StepNotAllowed):
        desks("handler01", move_case, li_na, "payment")
    for missing in ({"to": "rejected"}, {"to": "rejected", "grounds": "  "}):
        with pytest.raises(Refused, match="grounds_needed"):
            desks("handler01", move_case, li_na, **missing)
    with pytest.raises(Refused, match="amount_needed"):
        desks("handler01", move_case, li_na, "offer")


@pytest.mark.parametrize("amount", ["-1", "1.005", "abc", "1e99", "NaN", "∞"])
def test_amounts_that_are_none(desks: Desks, accepted: str, amount: str) -> None:
    with pytest.raises(Refused, match="amount_wrong"):
        desks("handler01", move_case, accepted, "assessment", amount=amount)


def test_materials_are_accepted_or_rejected_with_a_reason(desks: Desks, li_na: str) -> None:
    kind = desks("handler01", open_case, li_na)["materials"][0]["kind"]

    def standing(claim: dict) -> tuple[str, str]:
        return next((item["state"], item["reason"]) for item in claim["materials"] if item["kind"] == kind)

    assert standing(desks("handler01", judge_material, li_na, kind, "received")) == ("received", "")
    with pytest.raises(Refused, match="reason_needed"):
        desks("handler01", judge_material, li_na, kind, "rejected", " ")
    assert standing(desks("handler01", judge_material, li_na, kind, "rejected", "不清楚")) == ("rejected", "不清楚")
    assert standing(desks("surveyor01", judge_material, li_na, kind, "accepted")) == ("accepted", "")


@pytest.mark.parametrize(
    ("at", "place", "surveyor", "why"),
    [
        ("明天", "现场", "surveyor01", "time_wrong"),
        ("2020-01-01 10:00", "现场", "surveyor01", "time_wrong"),
        (SOON, " ", "surveyor01", "place_needed"),
        (SOON, "现场", "agent01", "surveyor_needed"),
    ],
)
def test_visits_that_cannot_be_booked(
    desks: Desks, accepted: str, at: str, place: str, surveyor: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        desks("handler01", book_visit, accepted, at, place, surveyor)


def test_surveyors_see_whom_a_claim_is_about_only_for_their_own_visit(desks: Desks, accepted: str) -> None:
    before = desks("surveyor01", open_case, accepted)
    assert before["who"] == "李*"
    assert dict(before["facts"])["联系电话"] == "138****8002"
    assert before["policy"]["holder"] == "李*"
    assert desks("surveyor01", list_cases, "mine") == []
    assert list(desks("agent01", list_surveyors)) == ["surveyor01"]
    desks("agent01", book_visit, accepted, SOON, "现场", "surveyor01")
    after = desks("surveyor01", open_case, accepted)
    assert (after["who"], dict(after["facts"])["联系电话"]) == ("李娜", "13800138002")
    assert [row["number"] for row in desks("surveyor01", list_cases, "mine")] == [accepted]


def test_nor_through_the_staff_api(ask: Call, desks: Desks, accepted: str) -> None:
    def phones() -> set[str]:
        claim = ask("surveyor01", "GET", f"/claims/{accepted}").json()
        (listed,) = ask("surveyor01", "GET", "/claims", params={"phone": "13800138002"}).json()
        return {claim["contact_phone"], claim["facts"]["contact_phone"], listed["contact_phone"]}

    assert phones() == {"138****8002"}
    desks("agent01", book_visit, accepted, SOON, "现场", "surveyor01")
    assert phones() == {"13800138002"}
    assert ask("handler01", "GET", f"/claims/{accepted}").json()["contact_phone"] == "13800138002"


def test_no_role_reads_a_whole_identity_card(desks: Desks, li_na: str) -> None:
    for login in ("agent01", "handler01", "surveyor01", "supervisor01"):
        assert "440305198806152349" not in str(desks(login, open_case, li_na))


def test_the_most_pressing_claim_comes_first(desks: Desks, accepted: str) -> None:
    rows = desks("handler01", list_cases)
    assert [row["number"] for row in rows] == [accepted, *(row["number"] for row in rows[1:])]
    assert [row["clock"]["how"] for row in rows] == ["ok"] * len(rows)
    assert [row["clock"]["seconds"] for row in rows] == sorted(row["clock"]["seconds"] for row in rows)
    assert [row["state"] for row in desks("handler01", list_cases, "all", "closed")] == ["closed"]


def test_files_of_a_claim_and_of_a_conversation(desks: Desks, li_na: str, session: Session) -> None:
    claim = session.scalars(select(Claim).where(Claim.number == li_na)).one()
    chat = conversations.open_conversation(session, "webchat")[0]
    about = {"sha256": "0" * 64, "mime": "image/png", "size": 1, "path": "00/0"}
    of_claim, of_talk = (attachments.add(session, conversation_id=chat.id, **about) for _ in range(2))
    materials.receive(session, claim, materials.standing(session, claim)[0].kind, of_claim)
    session.commit()
    for login in ("agent01", "handler01", "supervisor01"):
        assert desks(login, open_file, of_talk.id)[0] == "00/0"
    assert desks("surveyor01", open_file, of_claim.id)[1] == "image/png"
    for login, file in (("surveyor01", of_talk), ("admin01", of_claim), ("admin01", of_talk)):
        with pytest.raises(NotEntitled):
            desks(login, open_file, file.id)
    read = select(AuditEntry.actor).where(AuditEntry.action == "file_read", AuditEntry.subject.contains(of_claim.id))
    assert list(session.scalars(read)) == ["surveyor01"]
