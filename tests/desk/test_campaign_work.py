"""Campaigns at the desk: drafted by one, looked at and approved by another, stopped, and what became of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from claims import campaigns, clock, outreach
from claims.errors import NotEntitled
from claims.models import AuditEntry, DueRow
from claims.outreach import Due
from claims.vocabulary import OutreachKind
from desk.operations.campaigns import (
    approve_campaign,
    campaign_templates,
    draft_campaign,
    list_campaigns,
    preview_campaign,
    stop_campaign,
)
from desk.problems import Refused
from tests.desk.conftest import Desks


@pytest.fixture
def drafted(desks: Desks) -> str:
    """Fire season for 北京, drafted by a handler."""
    return desks("handler01", draft_campaign, "fire_season", "北京市、 上海", ["property"], {}, 50)


def test_a_draft_says_what_it_is_and_goes_to_nobody(desks: Desks, drafted: str) -> None:
    (line,) = desks("handler01", list_campaigns)
    assert (line["name"], line["state_name"], line["author"]) == ("冬季防火", "待批准", "刘洋")
    assert (line["cities"], line["lines"], line["most"]) == ("上海、北京", "财产险", "50")
    assert line["own"] and line["counts"] == ""
    assert not desks("supervisor01", list_campaigns)[0]["own"]


def test_the_preview_counts_and_names_nobody(desks: Desks, drafted: str, session: Session) -> None:
    seen = desks("supervisor01", preview_campaign, drafted)
    assert dict(seen["counts"]) == {
        "concerned": "1",
        "opted_out": "0",
        "reached": "1",
        "by_city": "北京 1",
        "by_line": "财产险 1",
    }
    assert "119" in seen["chat"] and seen["segments"] >= 1
    assert "海淀好味" not in str(seen)
    assert session.query(DueRow).count() == 0
    assert session.query(AuditEntry).filter_by(action="campaign_previewed", actor="supervisor01").count() == 1


def test_another_person_approves_it(desks: Desks, drafted: str) -> None:
    with pytest.raises(NotEntitled):
        desks("handler01", approve_campaign, drafted)
    own = desks("supervisor01", draft_campaign, "fire_season", "", ["property", "liability"], {}, None)
    with pytest.raises(Refused, match="campaign_own"):
        desks("supervisor01", approve_campaign, own)
    desks("supervisor01", approve_campaign, drafted)
    states = {each["id"]: (each["state_name"], each["approved"][:2]) for each in desks("handler01", list_campaigns)}
    assert states == {drafted: ("发送中", "吴静"), own: ("待批准", "")}


@pytest.mark.parametrize(
    ("template", "details", "most", "why"),
    [
        ("typhoon", {"storm": "山竹"}, None, "campaign_needs"),
        ("fire_season", {}, 0, "campaign_most"),
        ("fire_season", {}, 10**6, "campaign_most"),
    ],
)
def test_what_cannot_be_drafted(desks: Desks, template: str, details: dict, most: int | None, why: str) -> None:
    with pytest.raises(Refused, match=why):
        desks("handler01", draft_campaign, template, "", [], details, most)
    assert desks("handler01", list_campaigns, "all") == []


def test_the_templates_say_what_they_need(desks: Desks) -> None:
    storm = desks("handler01", campaign_templates)["typhoon"]
    assert (storm["name"], storm["needs"]) == ("台风防范", {"storm": "台风名称", "when": "影响时间"})
    assert set(storm["lines"]) == {"auto", "property"}
    assert storm["text"].startswith("台风“【台风名称】”预计【影响时间】影响您所在的【城市】。")


def test_what_became_of_it_is_counted(desks: Desks, drafted: str, session: Session) -> None:
    desks("supervisor01", approve_campaign, drafted)
    now = clock.now()
    outreach.plan(
        session,
        campaigns.PURPOSE,
        OutreachKind.SALES,
        [Due(key=f"{drafted}:{number}", due_at=now, subject=drafted) for number in range(4)],
    )
    rows = session.query(DueRow).order_by(DueRow.key).all()
    outreach.finished(rows[0], "sent", {"channel": "sms"})
    outreach.skipped(rows[1], "opted_out")
    outreach.skipped(rows[2], "no_channel", {"channels": {}})
    session.commit()
    (line,) = desks("handler01", list_campaigns)
    assert line["counts"] == "已发 1，待发 1，不发 2"
    assert line["why_not"] == "客户不想收到消息 1、没有可用的渠道 1"


def test_what_is_over_is_only_among_all(desks: Desks, drafted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    other = desks("handler01", draft_campaign, "fire_season", "", [], {}, None)
    desks("supervisor01", stop_campaign, drafted)
    assert [each["id"] for each in desks("handler01", list_campaigns)] == [other]
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    late = Desks(desks.settings)
    assert late("handler01", list_campaigns) == []
    assert {each["state_name"] for each in late("handler01", list_campaigns, "all")} == {"已停止", "已过期"}
