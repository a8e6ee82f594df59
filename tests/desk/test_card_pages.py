"""Pages of cards: what stands on them, and the buttons of whoever may use them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from nicegui import app as pages_app

from claims import accounts, campaigns, conversations, policies, renewals
from claims.database import unit_of_work
from claims.handover import complaints
from desk import sessions
from tests.desk.conftest import open_ticket, web_session


def page(web: TestClient, login: str, path: str) -> str:
    """The page as it is sent to a browser."""
    answer = web.get(path, headers={"Cookie": f"{sessions.COOKIE}={web_session(login)}"})
    assert answer.status_code == 200
    return answer.text


@pytest.fixture
def _complained(web: TestClient) -> None:
    """A complaint, owned by whom the rules give it to."""
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        chat = conversations.open_conversation(unit.session, "webchat")[0]
        complaints.register(unit.session, chat, key=chat.id, what="查勘没人联系", wanted="三天内查勘")
        unit.commit()


@pytest.mark.usefixtures("_complained")
def test_a_complaint_with_what_may_be_done(web: TestClient) -> None:
    for login, assigns in (("handler01", False), ("supervisor01", True)):
        shown = page(web, login, "/complaints")
        assert all(word in shown for word in ("查勘没人联系", "三天内查勘", "待答复", "答复客户", "办结"))
        assert ("指派" in shown) is assigns


def test_a_renewal_with_its_price_and_who_calls(web: TestClient) -> None:
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        policy = policies.find_policy(unit.session, "PA202600000003")
        assert policy is not None
        details = {"plate": "粤AD12345", "use": "family"}
        quote = renewals.price(unit.session, policy, details)
        asked = renewals.ask(unit.session, policy, details=details, quote=quote, conversation_id=None)
        owner = accounts.names(unit.session)[asked.owner_id or ""]
        unit.commit()
    shown = page(web, "agent01", "/renewals")
    assert all(word in shown for word in ("PA202600000003", "粤AD12345", "已续保", "客户不续", owner))


def test_a_ticket_with_what_was_said_and_who_answers(web: TestClient) -> None:
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        open_ticket(unit.session)
        unit.commit()
    mine, other = page(web, "handler01", "/tickets"), page(web, "agent01", "/tickets")
    for shown in (mine, other):
        assert all(
            word in shown for word in ("1 分（满分 5 分）", "待答复 · 剩余", "刘洋", "答复客户", "备注", "关闭工单")
        )
    assert "我来处理" in other and "我来处理" not in mine


def test_a_campaign_and_who_may_stop_it(web: TestClient) -> None:
    with unit_of_work(pages_app.state.settings.database_url) as unit:
        campaigns.draft(unit.session, "fire_season", cities=["北京"], details={}, actor="supervisor01")
        unit.commit()
    for login, stops in (("handler01", False), ("supervisor01", True)):
        shown = page(web, login, "/campaigns")
        assert all(word in shown for word in ("冬季防火", "待批准", "吴静", "预览", "起草"))
        assert ("停止" in shown) is stops
