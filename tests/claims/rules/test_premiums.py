"""The price of the next term, and the rules of renewals."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.clock import SHANGHAI
from claims.rules import premiums, renewals
from claims.rules.loading import DATA, RuleFileError
from claims.rules.plans import CoverItem, plan
from claims.rules.premiums import Quote
from claims.rules.renewals import rules, use_of_product, use_said
from claims.vocabulary import Line

ENDS = datetime(2026, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)


def car(
    claims: int = 1, use: str | None = "family", plate: str | None = "京A12345", variant: str = "standard"
) -> Quote:
    covers = [CoverItem.model_validate(item) for item in plan(Line.AUTO, variant)]
    found = premiums.quote(Line.AUTO, covers, last_premium=Decimal(0), claims=claims, use=use, plate=plate)
    assert found is not None
    return found


def amounts(quote: Quote) -> dict[str, Decimal]:
    return {part.key: part.amount for part in quote.parts}


def test_a_car_by_hand() -> None:
    """950 of the law; 0.98 % of 180,000 + 0.06 % of 2,000,000 + … = 3,734 for the rest; 420 for the tax office."""
    quote = car(claims=0, use="ride")
    assert amounts(quote) == {
        "base": Decimal("4684.00"),
        "compulsory": Decimal("950.00"),
        "commercial": Decimal("3734.00"),
        "no_claim": Decimal("-560.10"),  # 3,734 × 0.85 = 3,173.90
        "use": Decimal("1904.34"),  # 3,173.90 × 1.60 = 5,078.24
        "vehicle_tax": Decimal("420.00"),
    }
    assert quote.total == Decimal("6448.24")  # 950 + 5,078.24 + 420
    assert quote.vat == Decimal("341.22")  # 6,028.24 × 0.06 / 1.06


def test_new_energy_cars_pay_no_tax_on_vehicles() -> None:
    assert amounts(car(plate="粤AD12345"))["vehicle_tax"] == 0
    assert car(plate="粤AD12345").total == car().total - 420


def test_claims_make_it_dearer_up_to_the_last_factor() -> None:
    totals = [car(claims=n).total for n in range(6)]
    assert totals[0] < totals[1] < totals[2] < totals[3] == totals[4] == totals[5]


@given(st.integers(0, 9), st.sampled_from([None, *rules().uses]), st.sampled_from(["standard", "basic"]))
def test_the_parts_make_the_total(claims: int, use: str | None, variant: str) -> None:
    quote = car(claims, use, "京A12345", variant)
    parts = amounts(quote)
    made = parts["compulsory"] + parts["commercial"] + parts["no_claim"] + parts.get("use", Decimal(0))
    assert parts["compulsory"] + parts["commercial"] == parts["base"]
    assert quote.total == made + parts["vehicle_tax"]


def test_other_lines_take_the_premium_of_the_term_that_ends() -> None:
    def price(line: Line, last: str) -> Quote | None:
        return premiums.quote(line, [], last_premium=Decimal(last), claims=3, use=None, plate=None)

    health, house = price(Line.HEALTH, "398.00"), price(Line.PROPERTY, "318.00")
    assert health is not None
    assert house is not None
    assert (health.total, health.vat) == (Decimal("398.00"), 0)
    assert (house.total, house.vat) == (Decimal("318.00"), Decimal("18.00"))
    assert price(Line.HEALTH, "0.00") is None


def test_a_cover_without_a_rate_has_no_price() -> None:
    unknown = CoverItem(name="附加车轮单独损失险", causes=("collision_single",), limit=Decimal(2000))
    known = [CoverItem.model_validate(item) for item in plan(Line.AUTO)]
    quoted = premiums.quote(
        Line.AUTO, [*known, unknown], last_premium=Decimal(5000), claims=0, use="family", plate="京A12345"
    )
    assert quoted is None


def test_every_standard_plan_of_cars_has_a_price() -> None:
    for variant in ("standard", "basic"):
        assert car(variant=variant).total > 950


@pytest.mark.parametrize(
    ("moment", "step"),
    [
        ("2026-12-01T09:59", None),
        ("2026-12-01T10:00", 30),
        ("2026-12-16T09:00", 30),
        ("2026-12-19T12:00", 15),
        ("2026-12-30T10:00", 1),
        ("2026-12-31T20:00", 1),
    ],
)
def test_the_newest_step(moment: str, step: int | None) -> None:
    assert rules().reminders.step(ENDS, datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)) == step


def test_uses_as_customers_and_products_name_them() -> None:
    assert [use_said(text) for text in ("现在跑滴滴", "公司接送用", "就自己開", "拉货", "红色的")] == [
        "ride",
        "company",
        "family",
        "freight",
        None,
    ]
    assert use_of_product("家庭自用车保险") == "family"
    assert use_of_product("百万医疗险") is None


def test_a_line_that_is_missing_is_named(tmp_path: Path) -> None:
    text = (DATA / "renewals.yml").read_text("utf-8").replace("  accident: {vat", "  # accident: {vat")
    (tmp_path / "renewals.yml").write_text(text, "utf-8")
    with pytest.raises(RuleFileError, match="accident is missing"):
        renewals.load(tmp_path)
