"""Conditions of rule files: true, false, and not known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claims.facts import Facts
from claims.rules.conditions import Condition, both, holds
from claims.vocabulary import Cause

CRASH = Facts(cause=Cause.COLLISION_MULTI, third_party=True, police_reported=False, injured_count=2)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"cause": ["collision_multi"]}, CRASH, True),
        ({"cause": ["glass"]}, CRASH, False),
        ({"cause": ["glass"]}, Facts(), None),
        ({"cause_not": ["glass"]}, CRASH, True),
        ({"cause_not": ["collision_multi"]}, CRASH, False),
        ({"third_party": False}, CRASH, False),
        ({"police_reported": False}, CRASH, True),
        ({"injured_min": 2}, CRASH, True),
        ({"injured_min": 3}, CRASH, False),
        ({"injured_max": 2}, CRASH, True),
        ({"injured_max": 1}, CRASH, False),
        ({"amount_over": 5000}, Facts(loss_estimate=Decimal("5000.00")), False),
        ({"amount_over": 5000}, Facts(loss_estimate=Decimal("5000.01")), True),
        ({"amount_up_to": 5000}, Facts(loss_estimate=Decimal("5000.00")), True),
        ({"amount_up_to": 5000}, Facts(loss_estimate=Decimal("5000.01")), False),
        ({"amount_over": 5000}, CRASH, None),
        ({"amount_over": 5000, "sure": True}, CRASH, False),
        ({"amount_over": 5000, "cause": ["glass"]}, CRASH, False),
        ({"company": False}, Facts(), True),
        ({"company": True}, Facts(), False),
    ],
)
def test_a_condition_is_met_not_met_or_open(condition: dict, facts: Facts, expected: bool | None) -> None:
    assert Condition.model_validate(condition).holds(facts) is expected


def test_company_comes_from_the_caller() -> None:
    assert Condition(company=True).holds(Facts(), company=True) is True


@pytest.mark.parametrize("bad", [{}, {"sure": True}, {"cuase": ["glass"]}, {"cause": ["volcano"]}])
def test_a_condition_that_says_nothing_or_nonsense_is_refused(bad: dict) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(bad)


def test_any_condition_of_a_list_is_enough() -> None:
    glass, crash, amount = (
        Condition(cause=frozenset({Cause.GLASS})),
        Condition(cause=frozenset({Cause.COLLISION_MULTI})),
        Condition(amount_over=Decimal(1)),
    )
    assert holds((glass, crash), CRASH) is True
    assert holds((glass, amount), CRASH) is None
    assert holds((glass,), CRASH) is False
    assert holds(None, CRASH) is True


@given(st.sampled_from([True, False, None]), st.sampled_from([True, False, None]))
def test_and_over_three_values(one: bool | None, other: bool | None) -> None:
    assert both(one, other) is both(other, one)
    assert both(one, True) is one
    assert both(one, False) is False
