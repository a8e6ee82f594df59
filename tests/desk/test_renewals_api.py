"""Renewals and campaigns through the staff API."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from claims import policies, renewals
from claims.models import Policy


@pytest.fixture
def asked(session: Session) -> str:
    """陳志明 wants to renew; the id of the task."""
    policy = policies.find_policy(session, "PA202600000003")
    assert isinstance(policy, Policy)
    details = {"plate": "粤AD12345", "use": "family"}
    quote = renewals.price(session, policy, details)
    renewal = renewals.ask(session, policy, details=details, quote=quote, conversation_id=None)
    session.commit()
    return renewal.id


def test_a_task_from_the_wish_to_the_new_policy(ask, asked: str) -> None:
    (task,) = ask("agent01", "GET", "/renewals", params={"state": "asked", "owner": "agent01"}).json()
    assert (task["id"], task["policy_no"], task["checked"]["use"]) == (asked, "PA202600000003", "family")
    assert {part["key"] for part in task["parts"]} >= {"base", "no_claim", "use", "vehicle_tax"}
    assert ask("agent01", "POST", f"/renewals/{asked}/assign", json={"login": "nobody"}).status_code == 404
    moved = ask("supervisor01", "POST", f"/renewals/{asked}/assign", json={"login": "supervisor01"}).json()
    assert moved["owner"] == "supervisor01"
    unnumbered = ask("supervisor01", "POST", f"/renewals/{asked}/outcome", json={"state": "renewed"})
    assert unnumbered.status_code == 422
    body = {"state": "renewed", "new_policy_no": "PA202700000003", "note": "已出单"}
    for _ in range(2):
        done = ask("supervisor01", "POST", f"/renewals/{asked}/outcome", json=body).json()
        assert (done["state"], done["new_policy_no"]) == ("renewed", "PA202700000003")
    undone = ask("supervisor01", "POST", f"/renewals/{asked}/outcome", json={"state": "declined"})
    assert undone.status_code == 422
    rate = ask("supervisor01", "GET", "/renewals/rate", params={"month": done["ends_on"][:7]}).json()
    assert (rate["renewed"], rate["ended"]) == (1, 1)


def test_who_sees_renewals(ask, asked: str) -> None:
    for login in ("handler01", "surveyor01", "admin01"):
        assert ask(login, "GET", "/renewals").status_code == 403


def test_a_campaign_needs_two(ask) -> None:
    body = {"template": "fire_season", "cities": ["北京"]}
    assert ask("agent01", "POST", "/campaigns", json=body).status_code == 403
    made = ask("handler01", "POST", "/campaigns", json=body).json()
    assert (made["state"], made["preview"]["concerned"]) == ("draft", 1)
    path = f"/campaigns/{made['id']}"
    assert ask("handler01", "POST", f"{path}/approve").status_code == 403
    assert ask("supervisor01", "POST", f"{path}/approve").json()["state"] == "approved"
    assert ask("supervisor01", "POST", f"{path}/stop").json()["state"] == "stopped"
    assert ask("handler01", "GET", f"{path}/preview").json()["preview"]["by_city"] == {"北京": 1}
    assert [each["id"] for each in ask("handler01", "GET", "/campaigns").json()] == [made["id"]]
    assert "typhoon" in {each["key"] for each in ask("handler01", "GET", "/campaigns/templates").json()}
    own = ask("supervisor01", "POST", "/campaigns", json=body).json()
    assert ask("supervisor01", "POST", f"/campaigns/{own['id']}/approve").status_code == 422
    assert ask("handler01", "POST", "/campaigns", json={"template": "typhoon"}).status_code == 422
