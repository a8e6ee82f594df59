"""The standard plans of the five lines."""

from decimal import Decimal

import pytest

from claims.rules import causes, plans
from claims.vocabulary import Cause, Line


@pytest.mark.parametrize("line", Line)
def test_a_standard_plan_covers_every_cause_of_its_line(line: Line) -> None:
    covered = {cause for item in plans.plan(line) for cause in item["causes"]}
    assert covered == {cause.value for cause in causes.possible_causes(line)}


@pytest.mark.parametrize("line", Line)
def test_a_plan_is_json_with_money_as_text(line: Line) -> None:
    for variant in plans.variants(line):
        for item in plans.plan(line, variant):
            assert set(item) == {"name", "causes", "limit", "deductible", "clause"}
            assert f"{Decimal(item['limit']):.2f}" == item["limit"]
            assert Decimal(item["deductible"]) < Decimal(item["limit"])
            assert item["clause"]


def test_variants_and_their_differences() -> None:
    assert plans.variants(Line.AUTO) == ["standard", "basic"]
    assert not any(Cause.GLASS in item["causes"] for item in plans.plan(Line.AUTO, "basic"))
    assert plans.plan(Line.PROPERTY, "company")[0]["name"] == "房屋建筑物及附属设备"


def test_an_unknown_variant_is_an_error() -> None:
    with pytest.raises(KeyError):
        plans.plan(Line.AUTO, "golden")
