"""What a customer's policies say to a question."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from claims.clock import SHANGHAI
from claims.rules import plans
from claims.rules.cover import PolicyTerms
from claims.rules.cover_answers import NotHeld, Standing, Told, Which, answer
from claims.rules.cover_questions import Aspect, CoverQuestion
from claims.rules.plans import CoverItem
from claims.vocabulary import Cause, Line

NOW = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)


def policy(
    number: str, line: Line, variant: str = "standard", *, ended_days_ago: int = -200, waiting: int = 0
) -> PolicyTerms:
    ends = NOW - timedelta(days=ended_days_ago)
    items = tuple(CoverItem.model_validate(item) for item in plans.plan(line, variant))
    return PolicyTerms(number, line, ends - timedelta(days=365), ends, waiting, items)


AUTO = policy("PA1", Line.AUTO)
BASIC = policy("PA2", Line.AUTO, "basic")
EXPIRED = policy("PA3", Line.AUTO, ended_days_ago=20)
COMING = policy("PA4", Line.AUTO, ended_days_ago=-400)
HEALTH = policy("PH1", Line.HEALTH, waiting=30)
ACCIDENT = policy("PI1", Line.ACCIDENT)
PROPERTY = policy("PP1", Line.PROPERTY)


def asked(aspect: Aspect = Aspect.COVERED, **values: Any) -> CoverQuestion:
    return CoverQuestion(aspect=aspect, own=True, **values)


def told(question: CoverQuestion, held: Sequence[PolicyTerms]) -> Told:
    found = answer(question, held, NOW)
    assert isinstance(found, Told)
    return found


def names(found: Told) -> list[str]:
    return [item.name for item in found.items]


def test_the_cover_with_limit_and_clause() -> None:
    found = told(asked(cover="third_party"), [AUTO, HEALTH])
    assert (found.policy, found.standing) == (AUTO, Standing.IN_FORCE)
    assert [(str(i.limit), i.clause) for i in found.items] == [
        ("2000000.00", "《机动车商业保险示范条款（2020版）》第二十条")
    ]


def test_of_several_policies_the_one_in_force_that_covers_it() -> None:
    assert told(asked(cover="glass"), [BASIC, EXPIRED, AUTO]).policy == AUTO


def test_in_force_without_the_cover_stands_before_an_expired_one_with_it() -> None:
    found = told(asked(cover="glass"), [BASIC, EXPIRED])
    assert found.policy == BASIC
    assert not found.items


def test_two_in_force_that_cover_it_are_asked_about() -> None:
    other = policy("PA9", Line.AUTO)
    assert answer(asked(cover="glass"), [AUTO, BASIC, other], NOW) == Which((AUTO, other))


def test_a_number_settles_which() -> None:
    assert told(asked(cover="glass", number="PA2"), [AUTO, BASIC]).policy == BASIC


def test_without_a_cover_every_policy_in_force_may_be_meant() -> None:
    question = asked(Aspect.DEDUCTIBLE)
    assert answer(question, [AUTO, EXPIRED, HEALTH], NOW) == Which((AUTO, HEALTH))
    assert told(question, [EXPIRED, HEALTH]).items == HEALTH.items


@pytest.mark.parametrize(
    ("held", "standing"), [([EXPIRED], Standing.EXPIRED), ([COMING], Standing.NOT_YET), ([AUTO], Standing.IN_FORCE)]
)
def test_whether_it_is_in_force(held: list[PolicyTerms], standing: Standing) -> None:
    found = told(asked(cover="glass"), held)
    assert found.standing is standing
    assert found.items


def test_the_first_and_the_last_instant_are_in_force() -> None:
    for moment in (AUTO.starts_at, AUTO.ends_at):
        found = answer(asked(cover="glass"), [AUTO], moment)
        assert isinstance(found, Told)
        assert found.standing is Standing.IN_FORCE


def test_not_covered_here_but_by_another_policy() -> None:
    found = told(asked(cover="outpatient", line=Line.AUTO), [AUTO, HEALTH, ACCIDENT])
    assert (found.policy, found.items, found.elsewhere) == (AUTO, (), (HEALTH, ACCIDENT))


def test_sudden_death_is_no_accidental_death() -> None:
    assert told(asked(cover="sudden_death", line=Line.ACCIDENT), [ACCIDENT]).items == ()


def test_a_cause_in_the_words_of_the_line() -> None:
    found = told(asked(cause=Cause.COLLISION_SINGLE, line=Line.ACCIDENT), [ACCIDENT])
    assert names(found) == ["意外伤残保险金", "意外医疗保险金"]
    assert told(asked(cause=Cause.GLASS, line=Line.HEALTH), [HEALTH]).items == ()


def test_a_cause_alone_looks_at_the_lines_it_may_mean() -> None:
    assert told(asked(cause=Cause.GLASS), [HEALTH, AUTO]).policy == AUTO
    assert answer(asked(cause=Cause.FIRE), [AUTO, PROPERTY], NOW) == Which((AUTO, PROPERTY))


def test_no_policy_of_the_line() -> None:
    assert answer(asked(cover="glass"), [HEALTH], NOW) == NotHeld(Line.AUTO, (HEALTH,))
    assert answer(asked(Aspect.LIMIT, line=Line.LIABILITY), [HEALTH, EXPIRED], NOW) == NotHeld(
        Line.LIABILITY, (HEALTH,)
    )
    assert answer(asked(cover="glass", number="PA404"), [AUTO], NOW) == NotHeld(None, (AUTO,))
    assert answer(asked(Aspect.LIMIT), [], NOW) == NotHeld(Line.AUTO, ())


def test_the_waiting_period_is_told_where_it_matters() -> None:
    until = HEALTH.starts_at + timedelta(days=30)
    assert told(asked(cover="inpatient"), [HEALTH]).waiting_until == until
    assert told(asked(cause=Cause.INJURY, line=Line.HEALTH), [HEALTH]).waiting_until is None
    assert told(asked(Aspect.WAITING_PERIOD), [AUTO, HEALTH]).waiting_until == until
    assert told(asked(Aspect.WAITING_PERIOD, line=Line.AUTO), [AUTO, HEALTH]).waiting_until is None
