"""Campaigns: whom they concern, that two people see to them, and that nobody hears twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from claims import campaigns
from claims.errors import BadInput
from claims.models import Campaign, Customer, DueRow, OptOut, OutboxItem, Policy
from claims.seed import staff
from claims.segments import segments
from claims.vocabulary import CampaignState, DueState, Line
from lipei.settings import get_settings
from outreach import campaign_cli
from outreach.engine import Engine
from outreach.purposes import education
from tests.outreach.conftest import put_customer

STORM = {"storm": "山竹", "when": "明天下午"}


@pytest.fixture
def people(work, customer_id: str, time) -> dict[str, str]:
    """By name: one with a car in 广州, and others whom it does not concern, or who want to hear nothing."""
    rows = {
        "car": ("广州市", Line.AUTO, 100),
        "far": ("北京", Line.AUTO, 100),
        "health": ("广州", Line.HEALTH, 100),
        "expired": ("广州", Line.AUTO, -1),
        "silent": ("广州", Line.PROPERTY, 100),
    }
    ids = {}
    with work() as unit:
        unit.session.get_one(Customer, customer_id).city = "上海"
        for number, (name, (city, line, days)) in enumerate(rows.items()):
            customer = put_customer(unit.session, phone=f"1380013800{number + 2}", name=name, city=city)
            ends = time.moment + timedelta(days=days)
            policy = Policy(
                number=name, customer_id=customer.id, line=line, starts_at=ends - timedelta(days=365), ends_at=ends
            )
            unit.session.add(policy)
            ids[name] = customer.id
        unit.session.add(OptOut(key=f"customer:{ids['silent']}"))
        unit.commit()
    return ids


@pytest.fixture
def engine(database_url: str) -> Engine:
    return Engine({education.NAME: education.PURPOSE}, "one", database_url)


def drafted(work, **more) -> str:
    with work() as unit:
        wanted = {"cities": ["广州"], "details": STORM, "actor": "handler01", **more}
        made = campaigns.draft(unit.session, "typhoon", **wanted)
        unit.commit()
        return made.id


def approve(work, campaign_id: str) -> None:
    with work() as unit:
        campaigns.approve(unit.session, campaigns.get(unit.session, campaign_id), "supervisor01")
        unit.commit()


def run(engine: Engine) -> None:
    engine.plan()
    while engine.work():
        pass


def told(work) -> list[str]:
    with work() as unit:
        return [item.text for item in unit.session.scalars(select(OutboxItem))]


def test_only_whom_it_concerns_and_only_once(work, engine, people) -> None:
    campaign_id = drafted(work)
    run(engine)
    assert told(work) == []  # nobody approved it yet
    approve(work, campaign_id)
    run(engine)
    run(engine)
    (text,) = told(work)
    assert "山竹" in text
    assert "广州" in text
    with work() as unit:
        rows = {row.customer_id: row.state for row in unit.session.scalars(select(DueRow))}
        assert rows == {people["car"]: DueState.DONE, people["silent"]: DueState.SKIPPED}


def test_the_preview_counts_and_names_nobody(work, people) -> None:
    campaign_id = drafted(work)
    with work() as unit:
        seen = campaigns.preview(unit.session, campaigns.get(unit.session, campaign_id))
        assert (seen.concerned, seen.opted_out, seen.reached) == (2, 1, 1)
        assert seen.by_line == {"auto": 1, "property": 1}
        assert "山竹" in seen.sms
        assert seen.sms_segments == segments(seen.sms) <= 2
        assert unit.session.scalars(select(DueRow)).all() == []


def test_the_cap_holds(work, engine, people) -> None:
    approve(work, drafted(work, cities=[], most=1))
    for _ in range(3):
        run(engine)
    with work() as unit:
        assert len(unit.session.scalars(select(DueRow)).all()) == 1


def test_what_is_stopped_goes_no_further(work, engine, people) -> None:
    campaign_id = drafted(work)
    approve(work, campaign_id)
    engine.plan()
    with work() as unit:
        campaigns.stop(unit.session, campaigns.get(unit.session, campaign_id), "supervisor01")
        unit.commit()
    run(engine)
    assert told(work) == []
    with work() as unit, pytest.raises(BadInput, match="over"):
        campaigns.approve(unit.session, campaigns.get(unit.session, campaign_id), "supervisor01")


def test_two_people_see_to_it(work, people) -> None:
    campaign_id = drafted(work, actor="supervisor01")
    with pytest.raises(BadInput, match="another person"):
        approve(work, campaign_id)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"details": {"storm": "山竹"}}, "when"),
        ({"details": {**STORM, "link": "x"}}, "link"),
        ({"details": {"storm": "山竹" * 40, "when": "明天"}}, "30"),
        ({"lines": [Line.HEALTH]}, "health"),
        ({"most": 10**6}, "20000"),
    ],
)
def test_what_cannot_be_drafted(work, people, more, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        drafted(work, **more)


def test_by_command(work, people, backend: str, database_url: str, monkeypatch) -> None:
    monkeypatch.setenv("LIPEI_DATABASE_URL", database_url)
    get_settings.cache_clear()
    with work() as unit:
        staff.put(unit.session)
        unit.commit()

    def lipei(*arguments: str) -> str:
        done = CliRunner().invoke(campaign_cli.app, list(arguments))
        return done.output + done.stderr

    assert "typhoon" in lipei("templates")
    values = ("--value", "storm=山竹", "--value", "when=明天", "--city", "广州")
    assert "may not" in lipei("draft", "typhoon", "--as", "agent01", *values)
    assert "would be written to 1" in lipei("draft", "typhoon", "--as", "handler01", *values)
    with work() as unit:
        campaign_id = unit.session.scalars(select(Campaign.id)).one()
    assert "concerned 2" in lipei("preview", campaign_id[:8])
    assert "approved" in lipei("approve", campaign_id[:8], "--as", "supervisor01")
    assert "广州" in lipei("list")
    assert "stopped" in lipei("stop", campaign_id[:8], "--as", "supervisor01")
    with work() as unit:
        assert unit.session.get_one(Campaign, campaign_id).state is CampaignState.STOPPED
    get_settings.cache_clear()
