"""What a report still asks, by line and cause."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.clock import SHANGHAI
from claims.facts import FACT_NAMES, Facts
from claims.rules import questions
from claims.vocabulary import Cause, Line

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=SHANGHAI)
SENTENCE = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"
TOLD = Facts(
    cause=Cause.COLLISION_MULTI,
    incident_time=datetime(2026, 11, 21, 15, 0, tzinfo=SHANGHAI),
    location="朝阳路",
    description=SENTENCE,
    injured_count=0,
    loss_estimate=Decimal("3500.00"),
    police_reported=False,
)
ANSWERS = {
    "policy": "PA202600000001",
    "line": Line.AUTO,
    "incident_time": NOON,
    "location": "北京市朝阳区朝阳路",
    "cause": Cause.COLLISION_MULTI,
    "description": "倒车时撞到路边护栏",
    "injured_count": 0,
    "third_party": False,
    "police_reported": False,
    "loss_estimate": Decimal("3500.00"),
    "contact_phone": "13800138001",
}
ANY_FACTS = st.builds(
    Facts,
    policy=st.none() | st.just("unknown"),
    line=st.none() | st.sampled_from(Line),
    incident_time=st.none() | st.just(NOON),
    location=st.none() | st.just("朝阳路"),
    cause=st.none() | st.sampled_from(Cause),
    description=st.none() | st.just(SENTENCE),
    injured_count=st.none() | st.integers(0, 3),
    third_party=st.none() | st.booleans(),
    police_reported=st.none() | st.booleans(),
    loss_estimate=st.none() | st.just(Decimal(100)),
    contact_phone=st.none() | st.just("13800138001"),
)


def test_the_sentence_of_a_rear_end_leaves_only_the_phone() -> None:
    assert questions.missing(TOLD.with_(policy="PA202600000001")) == ["contact_phone"]


def test_without_a_policy_it_is_asked_before_the_phone() -> None:
    assert questions.missing(TOLD) == ["policy", "contact_phone"]


def test_nothing_told_begins_with_the_line() -> None:
    assert questions.missing(Facts())[0] == "line"


@pytest.mark.parametrize(
    ("line", "cause", "asked"),
    [
        (Line.AUTO, None, "injured_count incident_time location cause police_reported loss_estimate description"),
        (
            Line.AUTO,
            Cause.COLLISION_SINGLE,
            "injured_count incident_time location third_party police_reported loss_estimate description",
        ),
        (Line.AUTO, Cause.GLASS, "incident_time location loss_estimate"),
        (Line.AUTO, Cause.SCRATCH, "incident_time location third_party loss_estimate description"),
        (Line.AUTO, Cause.THEFT, "incident_time location police_reported loss_estimate description"),
        (Line.AUTO, Cause.DEATH, "injured_count incident_time location police_reported description"),
        (Line.HEALTH, None, "incident_time location cause loss_estimate description"),
        (Line.HEALTH, Cause.HOSPITALISATION, "incident_time location loss_estimate description"),
        (Line.ACCIDENT, None, "injured_count incident_time location cause loss_estimate description"),
        (Line.ACCIDENT, Cause.INJURY, "incident_time location third_party loss_estimate description"),
        (Line.ACCIDENT, Cause.DEATH, "incident_time location third_party police_reported description"),
        (
            Line.PROPERTY,
            Cause.FIRE,
            "injured_count incident_time location police_reported loss_estimate description",
        ),
        (Line.PROPERTY, Cause.THEFT, "incident_time location police_reported loss_estimate description"),
        (Line.PROPERTY, Cause.FLOOD, "incident_time location loss_estimate description"),
        (
            Line.LIABILITY,
            Cause.THIRD_PARTY_INJURY,
            "injured_count incident_time location police_reported loss_estimate description",
        ),
        (Line.LIABILITY, Cause.DEATH, "injured_count incident_time location police_reported description"),
    ],
)
def test_questions_by_line_and_cause(line: Line, cause: Cause | None, asked: str) -> None:
    assert questions.missing(Facts(line=line, cause=cause)) == [*asked.split(), "policy", "contact_phone"]


def test_an_answer_can_bring_a_question() -> None:
    scratched = Facts(line=Line.AUTO, cause=Cause.SCRATCH)
    assert "injured_count" not in questions.missing(scratched.with_(third_party=False))
    assert questions.missing(scratched.with_(third_party=True))[0] == "injured_count"
    assert "police_reported" in questions.missing(scratched.with_(injured_count=1))
    fell = Facts(line=Line.ACCIDENT, cause=Cause.INJURY)
    assert "police_reported" not in questions.missing(fell.with_(third_party=False))
    assert "police_reported" in questions.missing(fell.with_(third_party=True))


def test_a_cause_that_cannot_be_under_the_line_is_asked_again() -> None:
    assert "cause" in questions.missing(Facts(line=Line.HEALTH, cause=Cause.THEFT))
    assert "cause" not in questions.missing(Facts(line=Line.HEALTH, cause=Cause.COLLISION_MULTI))


def test_what_follows_from_a_cause() -> None:
    assert questions.implied(Facts(cause=Cause.COLLISION_MULTI)) == Facts(
        line=Line.AUTO, cause=Cause.COLLISION_MULTI, third_party=True
    )
    assert questions.implied(Facts(cause=Cause.FIRE)) == Facts(cause=Cause.FIRE)
    assert questions.implied(Facts(line=Line.ACCIDENT, cause=Cause.COLLISION_MULTI)) == Facts(
        line=Line.ACCIDENT, cause=Cause.INJURY, injured_count=1
    )
    assert questions.implied(Facts(line=Line.LIABILITY)).third_party is True


@given(ANY_FACTS)
def test_implied_keeps_what_was_said_and_settles_at_once(facts: Facts) -> None:
    result = questions.implied(facts)
    assert questions.implied(result) == result
    for name, value in facts.said().items():
        if name != "cause":
            assert getattr(result, name) == value


@given(ANY_FACTS)
def test_only_open_facts_are_asked_and_each_once(facts: Facts) -> None:
    asked = questions.missing(facts)
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(FACT_NAMES)
    known = questions.implied(facts)
    for name in asked:
        assert getattr(known, name) is None or name == "cause"
    if facts.contact_phone is None:
        assert asked[-1] == "contact_phone"


@given(ANY_FACTS)
def test_answering_the_first_question_always_comes_to_an_end(facts: Facts) -> None:
    turns = 0
    while asked := questions.missing(facts):
        answer = ANSWERS[asked[0]]
        if asked[0] == "cause":
            answer = questions.possible_causes(facts.line)[0]
        facts = facts.with_(**{asked[0]: answer})
        turns += 1
        assert turns <= len(FACT_NAMES)


@given(ANY_FACTS)
def test_health_never_asks_for_police_injured_or_third_parties(facts: Facts) -> None:
    asked = set(questions.missing(facts.with_(line=Line.HEALTH)))
    assert not asked & {"injured_count", "third_party", "police_reported"}


def test_each_fact_has_a_reason() -> None:
    assert [questions.why(fact) for fact in FACT_NAMES] == [f"utter_why_{fact}" for fact in FACT_NAMES]
    with pytest.raises(KeyError):
        questions.why("colour")


def test_choices_to_offer() -> None:
    assert questions.possible_causes(Line.HEALTH) == [
        Cause.HOSPITALISATION,
        Cause.OUTPATIENT,
        Cause.CRITICAL_ILLNESS,
        Cause.INJURY,
    ]
    assert set(questions.possible_causes(None)) == set(Cause)
    assert questions.possible_lines(Facts(cause=Cause.FIRE))[:3] == [Line.PROPERTY, Line.AUTO, Line.LIABILITY]
    assert set(questions.possible_lines(Facts())) == set(Line)
