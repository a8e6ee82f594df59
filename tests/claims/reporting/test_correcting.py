"""Facts put right by a person: judged like a customer's own words, and not asked again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from claims import clock, drafts
from claims.clock import SHANGHAI
from claims.errors import BadInput
from claims.facts import Facts
from claims.models import Draft
from claims.reporting import steps, taking
from claims.reporting.correcting import NotTaken, correct
from claims.reporting.heard import Heard
from claims.vocabulary import Cause, Line

SAID = Facts(line=Line.AUTO, cause=Cause.COLLISION_SINGLE, location="北京", loss_estimate=Decimal("3000.00"))


def next_of(session: Session, draft: Draft) -> steps.Next:
    """What the bot does when it has the conversation again."""
    return taking.where(session, draft, Heard(text="", intent="agent_done", now=clock.now()))


def test_values_are_kept_in_their_usual_spelling(session: Session, draft: Draft) -> None:
    drafts.save(session, draft, SAID)
    changes = {
        "contact_phone": "+86 138-0013-8001",
        "policy": "pa2026 0000 0001",
        "loss_estimate": "4500",
        "location": " 北京市朝阳区建国路 ",
        "injured_count": 0,
        "third_party": False,
    }
    known = correct(session, draft, changes)
    assert known == drafts.facts(draft)
    assert (known.contact_phone, known.policy, known.location) == (
        "13800138001",
        "PA202600000001",
        "北京市朝阳区建国路",
    )
    assert (known.loss_estimate, known.injured_count, known.third_party) == (Decimal("4500.00"), 0, False)


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        ("incident_time", (clock.now() + timedelta(days=1)).isoformat(), "future"),
        ("incident_time", (clock.now() - timedelta(days=800)).isoformat(), "too_old"),
        ("contact_phone", "12345", "not_a_phone"),
        ("loss_estimate", "-1", "not_an_amount"),
        ("loss_estimate", "NaN", "not_an_amount"),
        ("injured_count", 501, "not_an_amount"),
        ("policy", "PA209900000009", "policy_not_found"),
        ("cause", "critical_illness", "other_line"),
    ],
)
def test_what_the_bot_would_refuse_is_refused(session: Session, draft: Draft, fact: str, value: Any, code: str) -> None:
    drafts.save(session, draft, SAID)
    with pytest.raises(NotTaken) as refused:
        correct(session, draft, {fact: value})
    assert (refused.value.fact, refused.value.code) == (fact, code)
    assert drafts.facts(draft) == SAID


@pytest.mark.parametrize(
    "changes",
    [
        {"weather": "雨"},
        {"line": "ship"},
        {"incident_time": "2026-11-21T10:00"},
        {"injured_count": "2"},
        {"third_party": "yes"},
        {"location": "  "},
        {"description": 5},
    ],
)
def test_what_is_no_value_is_bad_input(session: Session, draft: Draft, changes: dict[str, Any]) -> None:
    drafts.save(session, draft, SAID)
    with pytest.raises(BadInput):
        correct(session, draft, changes)
    assert drafts.facts(draft) == SAID


def test_a_fact_that_was_being_changed_or_left_open_is_not_asked_again(session: Session, draft: Draft) -> None:
    flags = {"editing": "location", "skipped": ["location", "loss_estimate"]}
    drafts.save(session, draft, Facts(line=Line.AUTO, location="北京"), asked="location", flags=flags, misses=2)
    assert next_of(session, draft) == steps.Ask("location", 2)
    correct(session, draft, {"location": "上海虹桥"})
    assert next_of(session, draft) == steps.Ask("injured_count", 0)
    assert draft.flags["skipped"] == ["loss_estimate"]


def test_what_is_not_known_after_all_is_asked_again(session: Session, draft: Draft) -> None:
    drafts.save(session, draft, SAID.with_(injured_count=0, incident_time=clock.now() - timedelta(hours=5)))
    correct(session, draft, {"location": None})
    assert next_of(session, draft) == steps.Ask("location", 0)


def test_another_line_takes_a_cause_along_that_it_does_not_know(session: Session, draft: Draft) -> None:
    drafts.save(session, draft, SAID)
    assert correct(session, draft, {"line": "property"}).cause is None
    assert correct(session, draft, {"line": "property", "cause": "fire"}).cause is Cause.FIRE


def test_a_line_that_nobody_said_goes_with_the_policy(session: Session, draft: Draft) -> None:
    drafts.save(session, draft, Facts(location="北京"), flags={"policy_said": "京A1", "options": ["PA202600000001"]})
    assert correct(session, draft, {"policy": "PH202600000001"}).line is Line.HEALTH
    assert not {"policy_said", "options"} & set(draft.flags)
    assert correct(session, draft, {"policy": "PA202600000001"}).line is Line.AUTO
    drafts.save(session, draft, drafts.facts(draft).with_(line=Line.PROPERTY), flags={})
    assert correct(session, draft, {"policy": "PA202600000001"}).line is Line.PROPERTY


def test_a_day_without_an_hour_and_one_sum_for_a_range(session: Session, draft: Draft) -> None:
    drafts.save(session, draft, SAID, flags={"loss_from": "2000.00", "someone_hurt": True})
    day = datetime.combine(clock.today() - timedelta(days=2), datetime.min.time(), SHANGHAI)
    correct(session, draft, {"incident_time": day.isoformat(), "loss_estimate": "2500", "injured_count": 0})
    assert draft.flags["day_only"] is True
    assert not {"loss_from", "someone_hurt"} & set(draft.flags)
    correct(session, draft, {"incident_time": (day + timedelta(hours=9)).isoformat()})
    assert draft.flags["day_only"] is False
