"""Claims through the staff API: the card, the steps, the materials."""

from __future__ import annotations

from datetime import datetime

import pytest

from claims import audit
from claims.database import unit_of_work
from claims.facts import FACT_NAMES
from claims.models import AuditEntry
from tests.desk.conftest import Call

STEPS = [
    "materials",
    "accepted",
    "inspection",
    "assessment",
    "approval",
    "offer",
    "payment",
    "closed",
    "rejected",
    "withdrawn",
    "disputed",
]


def test_the_card_shows_every_fact_twice_and_typed(ask: Call, li_na: str) -> None:
    claim = ask("handler01", "GET", f"/claims/{li_na}").json()
    assert set(claim["facts"]) == set(FACT_NAMES)
    for name in FACT_NAMES:
        assert claim[name] == claim["facts"][name]
    facts = claim["facts"]
    assert datetime.fromisoformat(facts["incident_time"]).utcoffset().total_seconds() == 8 * 3600  # type: ignore[union-attr]
    assert facts["loss_estimate"] == 1860
    assert isinstance(facts["loss_estimate"], int)
    assert claim["loss_estimate_text"] == "1860.00"
    assert isinstance(facts["injured_count"], int)
    assert facts["police_reported"] is False
    assert facts["policy"] == "PI202600000002"
    assert (claim["line"], claim["state"], claim["state_name"]) == ("accident", "materials", "收集材料")
    assert [entry["state_to"] for entry in claim["timeline"]] == ["reported", "materials"]
    assert {"kind", "name", "state", "required", "reason"} == set(claim["materials"][0])


def test_claims_of_a_phone_are_a_plain_array_and_nobody_elses(ask: Call) -> None:
    found = ask("handler01", "GET", "/claims", params={"phone": "138 0013 8003"}).json()
    assert isinstance(found, list)
    assert [claim["state"] for claim in found] == ["offer"]
    assert found[0]["offer_amount"] is not None
    assert ask("handler01", "GET", "/claims", params={"phone": "13900000000"}).json() == []
    assert ask("handler01", "GET", "/claims", params={"conversation": "nothing"}).json() == []
    assert len(ask("handler01", "GET", "/claims").json()) == 3


def test_a_claim_that_is_not_there(ask: Call) -> None:
    assert ask("handler01", "GET", "/claims/C202611220000017").status_code == 404
    assert ask("handler01", "POST", "/claims/C202611220000017/accept").status_code == 404


def test_the_whole_way_to_the_end(ask: Call, li_na: str) -> None:
    way = [
        ("accept", {"note": "材料齐全"}),
        ("inspect", None),
        ("assess", {"amount": 1500.5}),
        ("approve", {}),
        ("offer", {"amount": "1,2".replace(",", "")}),
        ("pay", None),
        ("close", {"note": "已付款"}),
    ]
    for step, body in way:
        response = ask("handler01", "POST", f"/claims/{li_na}/{step}", json=body)
        assert response.status_code == 200, (step, response.text)
    claim = response.json()
    assert claim["state"] == "closed"
    assert claim["offer_amount"] == 12
    last = claim["timeline"][-1]
    assert (last["state_from"], last["state_to"], last["actor"], last["note"]) == (
        "payment",
        "closed",
        "handler01",
        "已付款",
    )
    assert claim["allowed_steps"] == []
    response = ask("handler01", "POST", f"/claims/{li_na}/accept")
    assert (response.status_code, response.json()["allowed"]) == (409, [])
    assert "没有后续步骤" in response.json()["detail"]


def test_a_step_that_is_not_allowed_names_those_that_are(ask: Call, li_na: str) -> None:
    response = ask("handler01", "POST", f"/claims/{li_na}/payment")
    assert response.status_code == 409
    assert response.json()["allowed"] == ["accepted", "rejected", "withdrawn"]
    assert "已受理（accepted）" in response.json()["detail"]
    assert ask("handler01", "GET", f"/claims/{li_na}").json()["state"] == "materials"


def test_the_same_step_again_changes_nothing(ask: Call, li_na: str) -> None:
    first = ask("handler01", "POST", f"/claims/{li_na}/accepted").json()
    again = ask("handler01", "POST", f"/claims/{li_na}/accept")
    assert again.status_code == 200
    assert again.json() == first


def test_a_rejection_needs_grounds(ask: Call, li_na: str) -> None:
    for body in (None, {}, {"reason": "  "}, {"note": "不赔"}):
        response = ask("handler01", "POST", f"/claims/{li_na}/reject", json=body)
        assert (response.status_code, response.json()["code"]) == (422, "grounds_needed")
    claim = ask("handler01", "POST", f"/claims/{li_na}/reject", json={"reason": "不在保障责任内"}).json()
    assert (claim["state"], claim["rejection_grounds"]) == ("rejected", "不在保障责任内")
    assert ask("agent01", "POST", f"/claims/{li_na}/dispute").json()["state"] == "disputed"


def test_an_offer_needs_an_amount(ask: Call, li_na: str) -> None:
    for step in ("accept", "assess", "approve"):
        ask("handler01", "POST", f"/claims/{li_na}/{step}")
    response = ask("handler01", "POST", f"/claims/{li_na}/offer", json={})
    assert (response.status_code, response.json()["code"]) == (422, "amount_needed")


@pytest.mark.parametrize(
    "body",
    [
        {"amount": -1},
        {"amount": "abc"},
        {"amount": 1.234},
        {"amount": 10**15},
        {"amount": "NaN"},
        {"amount": "Infinity"},
        {"amount": 5},
        {"note": 3},
        {"note": "x" * 2001},
        {"note": "\x00"},
        [],
        "x",
    ],
)
def test_a_body_that_makes_no_sense(ask: Call, li_na: str, body: object) -> None:
    response = ask("handler01", "POST", f"/claims/{li_na}/accept", json=body)
    assert response.status_code == 422, response.text
    assert response.json()["detail"]


def test_an_unknown_step(ask: Call, li_na: str) -> None:
    response = ask("handler01", "POST", f"/claims/{li_na}/fly")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_step")
    assert ask("handler01", "POST", f"/claims/{li_na}/reported").status_code == 404


def test_materials_are_judged(ask: Call, li_na: str) -> None:
    kind = ask("handler01", "GET", f"/claims/{li_na}").json()["materials"][0]["kind"]
    path = f"/claims/{li_na}/materials/{kind}"

    def standing(**body: str) -> dict[str, object]:
        response = ask("handler01", "POST", path, json=body)
        assert response.status_code == 200, response.text
        return next(item for item in response.json()["materials"] if item["kind"] == kind)

    assert standing(state="received")["state"] == "received"
    assert ask("handler01", "POST", path, json={"state": "rejected"}).json()["code"] == "reason_needed"
    rejected = standing(state="rejected", reason="签名看不清")
    assert (rejected["state"], rejected["reason"]) == ("rejected", "签名看不清")
    accepted = standing(state="accepted")
    assert (accepted["state"], accepted["reason"]) == ("accepted", None)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("no_such_kind", {"state": "received"}, 404),
        ("claim_form", {"state": "missing"}, 422),
        ("claim_form", {}, 422),
        ("../x", {"state": "received"}, 404),
    ],
)
def test_materials_that_cannot_be_judged(ask: Call, li_na: str, kind: str, body: dict[str, str], status: int) -> None:
    assert ask("handler01", "POST", f"/claims/{li_na}/materials/{kind}", json=body).status_code == status


def test_reads_and_changes_leave_a_trail(ask: Call, li_na: str, database_url: str) -> None:
    ask("surveyor01", "GET", f"/claims/{li_na}")
    ask("handler01", "POST", f"/claims/{li_na}/accept")
    with unit_of_work(database_url, read_only=True) as unit:
        entries = [(e.actor, e.action, e.subject) for e in unit.session.query(AuditEntry).order_by(AuditEntry.id)]
        audit.verify(unit.session)
    assert ("surveyor01", "claim_read", f"claim:{li_na}") in entries
    assert ("handler01", "claim_moved", f"claim:{li_na}") in entries
    assert entries[-1][1] == "claim_moved"


@pytest.mark.parametrize("step", STEPS)
def test_every_state_is_a_step(ask: Call, li_na: str, step: str) -> None:
    assert ask("supervisor01", "POST", f"/claims/{li_na}/{step}").status_code in {200, 409, 422}
