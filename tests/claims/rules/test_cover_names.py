"""Covers by the names that customers give them."""

from datetime import datetime, timedelta

import pytest

from claims.clock import SHANGHAI
from claims.rules import cover_names, plans
from claims.rules.cover import PolicyTerms
from claims.rules.plans import CoverItem
from claims.vocabulary import Line

START = datetime(2026, 1, 1, tzinfo=SHANGHAI)


def policy(line: Line, variant: str = "standard") -> PolicyTerms:
    items = tuple(CoverItem.model_validate(item) for item in plans.plan(line, variant))
    return PolicyTerms("PX1", line, START, START + timedelta(days=365), 0, items)


@pytest.mark.parametrize(
    ("said", "line", "key"),
    [
        ("三者险保额多少", None, "third_party"),
        ("车损险里玻璃碎了赔吗", None, "glass"),  # what happened, not what it is insured under
        ("座位险", None, "passengers"),
        ("住院津贴一天多少", None, "daily_allowance"),
        ("住院能报吗", None, "inpatient"),
        ("包含医疗吗", Line.ACCIDENT, "accident_medical"),
        ("包含医疗吗", None, None),
        ("第三方的损失", Line.AUTO, "third_party"),
        ("第三方的损失", Line.LIABILITY, "others"),
        ("第三方的损失", None, None),
        ("第三人责任险额度", Line.LIABILITY, "third_party"),  # sold under its own name
        ("猝死算不算身故", None, "sudden_death"),
        ("门诊能报吗", Line.AUTO, "outpatient"),  # named, though no car policy can have it
        ("撞到护栏", None, None),
    ],
)
def test_the_cover_that_is_named(said: str, line: Line | None, key: str | None) -> None:
    assert cover_names.named(said, line) == key


@pytest.mark.parametrize(
    ("key", "line", "variant", "names"),
    [
        ("glass", Line.AUTO, "standard", ["机动车损失保险", "附加玻璃单独破碎保障"]),
        ("glass", Line.AUTO, "basic", []),
        ("third_party", Line.AUTO, "basic", ["机动车第三者责任保险"]),
        ("scratch", Line.AUTO, "standard", ["附加车身划痕损失险"]),  # not every cover that answers for a scratch
        ("outpatient", Line.HEALTH, "standard", ["门诊特定医疗保险金"]),
        ("outpatient", Line.HEALTH, "inpatient", []),
        ("outpatient", Line.AUTO, "standard", []),
        ("sudden_death", Line.ACCIDENT, "standard", []),  # accidental death is something else
        ("death", Line.ACCIDENT, "standard", ["意外身故保险金"]),
        ("water_pipes", Line.PROPERTY, "standard", ["附加水暖管爆裂及水渍保险"]),
        ("theft", Line.PROPERTY, "company", ["附加盗窃抢劫保险"]),
        (
            "others",
            Line.LIABILITY,
            "standard",
            ["公众责任（第三者人身伤亡）", "公众责任（第三者财产损失）", "法律费用"],
        ),
        ("legal_costs", Line.LIABILITY, "standard", ["法律费用"]),
    ],
)
def test_what_of_a_policy_it_means(key: str, line: Line, variant: str, names: list[str]) -> None:
    assert [item.name for item in cover_names.items(key, policy(line, variant))] == names


def test_an_add_on_for_sudden_death_is_found_by_its_name() -> None:
    base = policy(Line.ACCIDENT)
    item = CoverItem.model_validate(
        {"name": "附加猝死保险金", "causes": ["death"], "limit": "300000.00", "clause": "附加猝死保险条款第二条"}
    )
    extended = PolicyTerms(base.number, base.line, base.starts_at, base.ends_at, 0, (*base.items, item))
    assert cover_names.items("sudden_death", extended) == (item,)
