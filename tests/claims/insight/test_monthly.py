"""The figures of a month, counted by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from claims import clock, conversations, insight
from claims.clock import SHANGHAI
from claims.errors import BadInput
from claims.facts import Facts
from claims.insight import Amount, Count, Month, Rows, Share, Spread
from claims.insight.figures import row_sets
from claims.lifecycle import move
from claims.models import Claim, Customer, Handover
from claims.registration import register
from claims.vocabulary import Author, Cause, HandoverReason, Line, Priority
from claims.vocabulary import ClaimState as S

OCTOBER = Month(2026, 10)
PAID = (S.MATERIALS, S.ACCEPTED, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT, S.CLOSED)
Steps = list[tuple[S, float]]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.fixture
def people(session) -> list[Customer]:
    found = [Customer(name=f"客户{n}", phone=f"0000000000{n}", phone_index=f"{n}") for n in range(3)]
    session.add_all(found)
    session.flush()
    return found


def a_claim(session, customer: Customer, reported: datetime, steps: Steps, amount: str = "1000.00") -> Claim:
    """steps: (state, hours after the one before)."""
    claim, _ = register(
        session,
        draft=None,
        facts=Facts(line=Line.AUTO, cause=Cause.SCRATCH),
        policy=None,
        customer_id=customer.id,
        priority=Priority.NORMAL,
        key=f"{customer.name}{reported}",
        actor="customer",
        at=reported,
    )
    moment = reported
    for state, hours in steps:
        moment += timedelta(hours=hours)
        money = Decimal(amount) if state is S.APPROVAL else None
        move(session, claim, state, actor="handler01", amount=money, grounds="不在保障范围", at=moment)
    return claim


def test_months(time) -> None:
    assert Month.parse("2026-12").following == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert (len(OCTOBER.days), str(OCTOBER.last)) == (31, "2026-10-31")
    assert (OCTOBER.start, OCTOBER.end) == (at("10-01T00:00"), at("11-01T00:00"))
    assert Month.last_full() == OCTOBER
    for wrong in ("2026-13", "2026", "10/2026", "1926-10"):
        with pytest.raises(BadInput):
            Month.parse(wrong)


def test_a_month_without_rows_divides_by_nothing(session, time) -> None:
    report = insight.monthly(session, OCTOBER)
    assert report.empty
    assert all(share.percent is None and share.met is None for share in report.service.all)
    assert report.volume.paid.mean is None
    assert (report.durations.whole.mean, report.durations.whole.most) == (None, None)


def test_what_comes_and_what_ends_is_counted_in_shanghai(session, people, time) -> None:
    first = a_claim(session, people[0], at("10-01T00:10"), [(state, 10) for state in PAID], "2500.50")
    a_claim(session, people[1], at("09-30T23:50"), [(S.MATERIALS, 1), (S.REJECTED, 1)])
    gone = a_claim(session, people[1], at("10-31T23:50"), [(S.WITHDRAWN, 0.1)])
    a_claim(session, people[2], at("11-01T00:00"), [])
    volume = insight.monthly(session, OCTOBER).volume
    assert volume.reported.rows.ids == (first.id, gone.id)
    assert {state: each.value for state, each in volume.results.items()} == {S.CLOSED: 1, S.REJECTED: 1, S.WITHDRAWN: 1}
    assert (volume.paid.total, volume.paid.mean) == (Decimal("2500.50"), Decimal("2500.50"))
    assert [(n + 1, each.value) for n, each in enumerate(volume.by_day) if each.value] == [(1, 1), (31, 1)]
    assert {moment: each.value for moment, each in volume.by_hour.items()} == {(3, 0): 1, (5, 23): 1}
    assert volume.by_line[Line.AUTO].value == 2
    assert volume.by_line[Line.HEALTH].value == 0


def test_a_refusal_that_was_closed_is_not_paid(session, people, time) -> None:
    a_claim(session, people[0], at("10-02T10:00"), [(S.MATERIALS, 1), (S.REJECTED, 1), (S.CLOSED, 1)])
    volume = insight.monthly(session, OCTOBER).volume
    assert volume.results[S.CLOSED].value == 1
    assert (volume.paid.total, len(volume.paid.rows)) == (0, 0)


def test_time_in_each_step(session, people, time) -> None:
    for customer, hours in zip(people, (2, 4, 12), strict=True):
        a_claim(session, customer, at("10-05T10:00"), [(S.MATERIALS, hours), *((state, 10) for state in PAID[1:])])
    durations = insight.monthly(session, OCTOBER).durations
    review = durations.steps[S.REPORTED]
    assert sorted(review.hours) == [2, 4, 12]
    assert (review.mean, review.median, review.most) == (6, 4, 12)
    assert durations.steps[S.MATERIALS].hours == (10, 10, 10)
    assert durations.whole.median == 64


def test_promises_are_held_against_the_first_end(session, people, time) -> None:
    a_claim(session, people[0], at("10-05T10:00"), [(S.MATERIALS, 24)])
    late = a_claim(session, people[1], at("10-05T10:00"), [(S.MATERIALS, 24.1)])
    kept = {share.key: share for share in insight.monthly(session, OCTOBER).durations.promises}
    review = kept["kept_initial_review"]
    assert (len(review.part), len(review.whole), review.met) == (1, 2, False)
    assert late.id not in review.part.ids


def test_repeat_claims_are_those_of_one_who_had_one_within_a_year(session, people, time) -> None:
    a_claim(session, people[0], at("01-10T10:00"), [])
    a_claim(session, people[1], datetime(2025, 9, 1, tzinfo=SHANGHAI), [])
    a_claim(session, people[2], at("03-01T10:00"), [(S.WITHDRAWN, 1)])
    again = [a_claim(session, customer, at("10-10T10:00"), []) for customer in people]
    twice = a_claim(session, people[2], at("10-11T10:00"), [])
    repeat = insight.monthly(session, OCTOBER).service.repeat
    assert set(repeat.part.ids) == {again[0].id, twice.id}
    assert len(repeat.whole) == 4


def test_talks_that_needed_a_person(session, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at("10-10T10:00"))
    talks = [conversations.open_conversation(session, channel)[0] for channel in ("webchat", "webchat", "sms", "sms")]
    for talk in talks[:3]:
        conversations.record_inbound(session, talk, text="你好", provider_id=None)
    session.add(Handover(conversation_id=talks[0].id, reason=HandoverReason.ASKED))
    conversations.say(session, talks[1], Author.AGENT, "您好，我是王敏")
    report = insight.monthly(session, OCTOBER)
    assert {reason: each.value for reason, each in report.talks.escalations.items()} == {HandoverReason.ASKED: 1}
    assert report.talks.contained.part.ids == (talks[2].id,)
    assert set(report.talks.contained.whole.ids) == {talk.id for talk in talks[:3]}
    assert {channel: each.value for channel, each in report.talks.by_channel.items()} == {"sms": 1, "webchat": 2}
    assert not insight.monthly(session, OCTOBER.previous).talks.contained.whole.ids


def test_every_row_named_is_there(session, people, time) -> None:
    a_claim(session, people[0], at("10-05T10:00"), [(state, 10) for state in PAID])
    report = insight.monthly(session, OCTOBER)
    known = set(session.scalars(select(Claim.id)))
    for figure in report.figures():
        for _, rows in row_sets(figure):
            assert rows.table != "claims" or set(rows.ids) <= known
    assert report.figure("paid") == report.volume.paid
    assert report.figure("nothing") is None


def test_shares_are_judged_by_their_counts_and_not_by_the_rounded_figure() -> None:
    def share(part: int, whole: int, **more: object) -> Share:
        return Share("k", Rows.of("t", range(part)), Rows.of("t", range(whole)), **more)  # type: ignore[arg-type]

    nearly = share(8999, 10000, target=Decimal(90))
    assert (nearly.percent, nearly.met) == (Decimal("90.0"), False)
    assert share(9, 10, target=Decimal(90)).met is True
    assert share(2, 10, target=Decimal(10), at_most=True).met is False
    assert share(1, 3).percent == Decimal("33.3")


def test_nine_of_ten_by_nearest_rank() -> None:
    spread = Spread("k", Rows.of("t", range(10)), tuple(float(n) for n in range(1, 11)))
    assert (spread.most, spread.median) == (9, 5.5)
    assert Spread("k", Rows.of("t", [1]), (7.0,)).most == 7
    assert Count("k", Rows.of("t", [1, 2])).value == 2
    assert Amount("k", Rows.of("t", [1, 2, 3]), Decimal("100.00")).mean == Decimal("33.33")
