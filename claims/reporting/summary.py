"""The facts of a report as numbered items, the way they are read back before registering."""

from __future__ import annotations

from dataclasses import dataclass

from claims.facts import Facts

#: The order of the summary; "改第3项" counts in it.
ORDER = (
    "line",
    "policy",
    "incident_time",
    "location",
    "cause",
    "injured_count",
    "third_party",
    "police_reported",
    "loss_estimate",
    "description",
    "contact_phone",
)

#: Words by which customers name a fact that they want to change.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "line": ("险种",),
    "policy": ("保单", "车牌", "牌照", "身份证"),
    "incident_time": ("时间", "日期", "几点", "哪天"),
    "location": ("地点", "地址", "位置", "地方", "哪里"),
    "cause": ("原因", "类型"),
    "injured_count": ("受伤", "伤者", "伤员", "人数"),
    "third_party": ("对方", "第三方", "第三者"),
    "police_reported": ("报警", "交警"),
    "loss_estimate": ("金额", "损失", "多少钱", "费用", "车损"),
    "description": ("经过", "描述", "情况"),
    "contact_phone": ("电话", "手机", "号码", "联系方式"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered line of the summary (number from 1)."""

    number: int
    fact: str


def items(facts: Facts) -> list[Item]:
    """The facts that were said, numbered from 1 in the order of the summary."""
    said = facts.said()
    return [Item(n, name) for n, name in enumerate((f for f in ORDER if f in said), start=1)]


def fact_of_item(facts: Facts, number: int) -> str | None:
    """The fact behind a number of the summary, or None when there is no such number."""
    return next((item.fact for item in items(facts) if item.number == number), None)


def fact_named(text: str) -> str | None:
    """The one fact a sentence such as "地点写错了" names, or None when it names none or several."""
    named = [fact for fact, words in NAMED_BY.items() if any(word in text for word in words)]
    return named[0] if len(named) == 1 else None
