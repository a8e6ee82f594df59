"""The score sheet, the sample, and who may judge."""

from __future__ import annotations

from datetime import timedelta

import pytest

from claims import clock, conversations, quality, replies
from claims.errors import BadInput, NotFound
from claims.handover import ending, ownership
from claims.models import Handover, StaffAccount
from claims.vocabulary import Role

FULL = {criterion.key: quality.sheet().points for criterion in quality.sheet().criteria}


@pytest.fixture
def people(session, time) -> list[StaffAccount]:
    accounts = [
        StaffAccount(login="agent01", name="王敏", role=Role.AGENT),
        StaffAccount(login="supervisor01", name="吴静", role=Role.SUPERVISOR),
    ]
    session.add_all(accounts)
    session.flush()
    return accounts


@pytest.fixture
def ended(session, people) -> Handover:
    chat = conversations.open_conversation(session, "webchat")[0]
    ownership.take(session, chat.id, people[0])
    return ending.hand_back(session, chat.id, people[0])


def test_points_are_weighted(session) -> None:
    assert quality.total(FULL) == 100
    assert quality.total({**FULL, "accuracy": 0}) == 70
    for wrong in ({}, {**FULL, "more": 1}, {**FULL, "accuracy": 6}, {**FULL, "accuracy": -1}):
        with pytest.raises(BadInput):
            quality.total(wrong)


def test_the_sample_holds_what_ended_and_nobody_judged(session, people, ended, time) -> None:
    open_chat = conversations.open_conversation(session, "webchat")[0]
    ownership.take(session, open_chat.id, people[0])
    since = clock.now() - timedelta(days=1)
    assert quality.sample(session, since, 5) == [ended]
    assert quality.sample(session, since, 5, owner_id=people[1].id) == []
    quality.review(session, ended.id, people[1], FULL, "很好")
    assert quality.sample(session, since, 5) == []
    assert [(sheet.total, handover.id) for sheet, handover in quality.reviews(session)] == [(100, ended.id)]


def test_judging_again_replaces_ones_own_sheet_and_nobody_judges_themselves(session, people, ended) -> None:
    first = quality.review(session, ended.id, people[1], FULL)
    second = quality.review(session, ended.id, people[1], {**FULL, "manner": 0})
    assert first is second and second.total == 85
    with pytest.raises(BadInput):
        quality.review(session, ended.id, people[0], FULL)
    with pytest.raises(NotFound):
        quality.review(session, "none", people[1], FULL)


def test_own_replies_are_ones_own(session, people) -> None:
    agent, supervisor = people
    kept = replies.keep(session, agent, " 节日问候 ", " 您好 ")
    assert [(reply.title, reply.text) for reply in replies.own(session, agent)] == [("节日问候", "您好")]
    assert replies.own(session, supervisor) == []
    with pytest.raises(NotFound):
        replies.drop(session, supervisor, kept.id)
    with pytest.raises(BadInput):
        replies.keep(session, agent, "", "x")
    replies.drop(session, agent, kept.id)
    assert replies.own(session, agent) == []
