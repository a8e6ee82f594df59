"""What one message adds to the facts."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.reporting.heard import Heard, Refused
from claims.reporting.merge import merge
from claims.rules import questions
from claims.vocabulary import Cause, Line

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI)


def heard(text: str = "", intent: str = "inform", awaiting: str | None = None, **values: Any) -> Heard:
    return Heard(text, intent, NOW, {name: [value] for name, value in values.items()}, awaiting)


def test_one_sentence_fills_many_facts() -> None:
    said = heard(
        "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警",
        "report_claim",
        incident_time="2026-11-21T15:00:00+08:00",
        location="朝阳路",
        cause="collision_multi",
        injured_count=0,
        amount=3500,
        police_reported=False,
        plate_no="京A12345",
    )
    facts = questions.implied(merge(Facts(), said).facts)
    assert facts.line is Line.AUTO
    assert facts.cause is Cause.COLLISION_MULTI
    assert facts.third_party is True
    assert facts.injured_count == 0
    assert facts.loss_estimate == Decimal("3500.00")
    assert facts.police_reported is False
    assert facts.description == said.text


def test_a_future_time_is_refused_and_the_old_one_stays() -> None:
    before = Facts(incident_time=NOW - timedelta(days=1))
    merged = merge(before, heard("明天", incident_time=(NOW + timedelta(days=1)).isoformat()))
    assert merged.facts.incident_time == before.incident_time
    assert merged.refused == (("incident_time", Refused.FUTURE),)


def test_a_time_before_the_limitation_is_refused() -> None:
    assert merge(Facts(), heard(incident_time="2020-01-01")).refused == (("incident_time", Refused.TOO_OLD),)


def test_a_day_without_an_hour_is_marked() -> None:
    merged = merge(Facts(), heard(incident_time="2026-11-20"))
    assert merged.day_only
    assert merged.facts.incident_time == datetime(2026, 11, 20, tzinfo=SHANGHAI)


def test_a_range_is_estimated_at_its_upper_end() -> None:
    ranged = merge(Facts(), heard(amount=[2000, 3000]))
    assert (ranged.loss_from, ranged.facts.loss_estimate) == (Decimal("2000.00"), Decimal("3000.00"))
    assert merge(Facts(), heard(amount=3000)).loss_from is None


def test_an_absurd_amount_is_refused() -> None:
    assert merge(Facts(), heard(amount=10**12)).refused == (("loss_estimate", Refused.NOT_AN_AMOUNT),)


@pytest.mark.parametrize("fact", ["third_party", "police_reported"])
@pytest.mark.parametrize(("intent", "expected"), [("affirm", True), ("deny", False)])
def test_yes_and_no_answer_the_question_that_was_asked(fact: str, intent: str, expected: bool) -> None:
    assert getattr(merge(Facts(), heard("嗯", intent, awaiting=fact)).facts, fact) is expected


def test_yes_answers_nothing_when_nothing_was_asked() -> None:
    assert merge(Facts(), heard("嗯", "affirm")).facts == Facts()


def test_a_line_that_is_named_drops_a_cause_that_cannot_belong_to_it() -> None:
    merged = merge(Facts(line=Line.AUTO, cause=Cause.GLASS), heard(insurance_line="health"))
    assert merged.facts.line is Line.HEALTH
    assert merged.facts.cause is None


def test_the_event_is_a_better_witness_than_the_line_guessed_before() -> None:
    facts = questions.implied(merge(Facts(line=Line.AUTO), heard("住院了", cause="critical_illness")).facts)
    assert (facts.line, facts.cause) == (Line.HEALTH, Cause.CRITICAL_ILLNESS)


def test_a_short_announcement_is_no_description() -> None:
    assert merge(Facts(), heard("我要报案", "report_claim")).facts.description is None


def test_the_answer_to_the_question_for_a_description_is_kept_whole() -> None:
    merged = merge(Facts(), heard("倒车没看见柱子", awaiting="description"))
    assert merged.facts.description == "倒车没看见柱子"


def test_what_was_hit_tells_the_line_where_nobody_names_it() -> None:
    merged = merge(Facts(), heard("我停在地库的车被淹了", "report_claim", cause="flood", line_hint="auto"))
    assert merged.facts.line is Line.AUTO


def test_a_hint_that_does_not_fit_the_cause_is_not_taken() -> None:
    merged = merge(Facts(), heard("水管爆了把楼下淹了", cause="third_party_property", line_hint="property"))
    assert merged.facts.line is None


def test_a_place_nobody_can_drive_to_is_taken_only_as_an_answer() -> None:
    assert merge(Facts(), heard("楼下", location="楼下")).facts.location is None
    assert merge(Facts(), heard("家里", awaiting="location", location="家里")).facts.location == "家里"


def test_a_story_completes_the_facts_and_changes_none() -> None:
    before = Facts(line=Line.AUTO, cause=Cause.SCRATCH)
    said = heard("出库没看见柱子蹭掉一块漆", awaiting="description", cause="collision_single", third_party=False)
    facts = merge(before, said).facts
    assert (facts.cause, facts.third_party) == (Cause.SCRATCH, False)


def test_more_of_the_story_is_added_to_it() -> None:
    before = Facts(description="昨天追尾了")
    merged = merge(before, heard("前面急刹我没刹住保险杠裂了", awaiting="contact_phone", cause="collision_multi"))
    assert merged.facts.description == "昨天追尾了；前面急刹我没刹住保险杠裂了"


def test_a_day_corrected_keeps_its_hour() -> None:
    before = Facts(incident_time=datetime(2026, 11, 21, 18, 30, tzinfo=SHANGHAI))
    merged = merge(before, heard("不对，是前天", "correct_detail", awaiting="location", incident_time="2026-11-20"))
    assert merged.facts.incident_time == datetime(2026, 11, 20, 18, 30, tzinfo=SHANGHAI)
    assert not merged.day_only


def test_what_is_told_in_passing_changes_nothing_given_before() -> None:
    before = Facts(line=Line.ACCIDENT, cause=Cause.DEATH, location="滨海大道")
    said = heard(
        "过马路被货车撞的，交警处理了", awaiting="third_party", cause="injury", location="马路", third_party=True
    )
    facts = merge(before, said).facts
    assert (facts.cause, facts.location, facts.third_party) == (Cause.DEATH, "滨海大道", True)


def test_a_whole_story_told_in_answer_to_a_question_is_the_description_too() -> None:
    said = heard(
        "昨天在朝阳路追尾了前车，人没事",
        awaiting="injured_count",
        injured_count=0,
        cause="collision_multi",
        incident_time="2026-11-21",
    )
    assert merge(Facts(line=Line.AUTO), said).facts.description == said.text


def test_an_hour_without_a_day_keeps_the_day() -> None:
    before = Facts(incident_time=datetime(2026, 11, 21, tzinfo=SHANGHAI))
    merged = merge(before, heard("两点", awaiting=None, incident_time="2026-11-22T02:00:00+08:00"))
    assert merged.facts.incident_time == datetime(2026, 11, 21, 14, 0, tzinfo=SHANGHAI)
    again = merge(merged.facts, heard("不是两点是三点", "correct_detail", incident_time="2026-11-22T03:00:00+08:00"))
    assert again.facts.incident_time == datetime(2026, 11, 21, 15, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("known", "text", "said", "hour"),
    [
        (20, "嗯不是八点多是九点多", 9, 21),
        (20, "不是晚上八点，是九点", 9, 21),
        (8, "不对，是六点", 6, 6),
        (11, "一点吧", 1, 13),
        (20, "不是八点，是早上九点", 9, 9),
        (20, "不是的早上九点", 9, 9),
        (20, "是09:00", 9, 9),
        (15, "打错了，16点", 16, 16),
    ],
)
def test_a_bare_hour_is_of_the_half_of_the_day_that_is_nearer(known: int, text: str, said: int, hour: int) -> None:
    before = Facts(incident_time=datetime(2026, 11, 21, known, tzinfo=SHANGHAI))
    corrected = heard(text, "correct_detail", incident_time=f"2026-11-22T{said:02}:00:00+08:00")
    assert merge(before, corrected).facts.incident_time == datetime(2026, 11, 21, hour, tzinfo=SHANGHAI)


def test_one_more_hurt_in_a_collision_leaves_it_a_collision() -> None:
    before = Facts(line=Line.AUTO, cause=Cause.COLLISION_MULTI, injured_count=1)
    said = heard("说错了，受伤的是两个人，我女儿也擦伤了膝盖", "correct_detail", cause="injury", injured_count=2)
    assert (merge(before, said).facts.cause, merge(before, said).facts.injured_count) == (Cause.COLLISION_MULTI, 2)
    said = heard("说错了，是开门夹伤了手，就我一个人", "correct_detail", cause="injury", injured_count=1)
    assert merge(before, said).facts.cause is Cause.INJURY


def test_a_bare_hour_is_not_moved_into_the_future() -> None:
    before = Facts(incident_time=NOW.replace(hour=8))
    corrected = heard("不对，是九点", "correct_detail", incident_time=f"{NOW:%Y-%m-%d}T09:00:00+08:00")
    assert merge(before, corrected).facts.incident_time == NOW.replace(hour=9)
    before = Facts(incident_time=NOW.replace(hour=9, minute=30) - timedelta(hours=3))
    corrected = heard("不对，是两点", "correct_detail", incident_time=f"{NOW:%Y-%m-%d}T02:00:00+08:00")
    assert merge(before, corrected).facts.incident_time == NOW.replace(hour=2)


def test_a_collision_is_with_a_thing_once_it_is_named() -> None:
    before = Facts(line=Line.AUTO, cause=Cause.COLLISION_MULTI)
    said = heard("车头撞护栏上了", awaiting="injured_count", cause="collision_single", third_party=False)
    assert merge(before, said).facts.cause is Cause.COLLISION_SINGLE
    settled = before.with_(third_party=True)
    assert merge(settled, said).facts.cause is Cause.COLLISION_MULTI


def test_an_hour_of_the_night_stays_in_the_night() -> None:
    before = Facts(incident_time=datetime(2026, 11, 21, tzinfo=SHANGHAI))
    merged = merge(before, heard("凌晨两点", incident_time="2026-11-22T02:00:00+08:00"))
    assert merged.facts.incident_time == datetime(2026, 11, 21, 2, 0, tzinfo=SHANGHAI)


def test_words_of_correction_change_what_was_given_before() -> None:
    before = Facts(line=Line.AUTO, loss_estimate=Decimal("3500.00"))
    merged = merge(before, heard("更正下金额，一千五百块", awaiting="policy", amount=1500))
    assert merged.facts.loss_estimate == Decimal("1500.00")


def test_a_line_that_is_named_replaces_one_that_was_inferred() -> None:
    before = Facts(line=Line.PROPERTY)
    assert merge(before, heard("意外险", awaiting="location", insurance_line="accident")).facts.line is Line.ACCIDENT


def test_the_hour_may_come_a_question_later() -> None:
    before = Facts(incident_time=datetime(2026, 11, 21, tzinfo=SHANGHAI))
    merged = merge(before, heard("下午两点", awaiting="location", incident_time="2026-11-21T14:00:00+08:00"))
    assert merged.facts.incident_time == datetime(2026, 11, 21, 14, 0, tzinfo=SHANGHAI)
    assert not merged.day_only


def test_an_address_counts_before_a_vague_place() -> None:
    said = Heard("家里被盗了，科苑路8号", "report_claim", NOW, {"location": ["家里", "科苑路8号"]})
    assert merge(Facts(), said).facts.location == "科苑路8号"


@pytest.mark.parametrize("place", ["路边", "路邊", "小区门口", "我們公司樓下停車場", "医院"])
def test_a_place_nobody_can_drive_to_gives_way_to_an_exact_one(place: str) -> None:
    assert merge(Facts(), heard(location=place)).facts.location is None
    vague = merge(Facts(), heard(location=place, awaiting="location")).facts
    assert vague.location == place
    assert merge(vague, heard(location="湖滨南路", awaiting="incident_time")).facts.location == "湖滨南路"


@pytest.mark.parametrize(
    "place",
    ["朝阳路", "望京花园", "人民医院", "三环辅路", "中山路路口", "协和医院门口", "民治街道", "G4高速", "京沪高速"],
)
def test_a_place_with_a_name_is_exact(place: str) -> None:
    assert merge(Facts(), heard(location=place)).facts.location == place
