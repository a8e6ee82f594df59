"""Terms and short forms of values, for filling into replies. Sentences are in domain.yml."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from claims.clock import local
from claims.facts import Facts
from claims.masking import tail
from claims.reporting.matching import UNKNOWN
from claims.rules import causes
from claims.rules.cover import PolicyTerms
from claims.rules.plans import CoverItem

BRIEF = frozenset({"sms", "voice"})
"""Channels on which every word costs money or patience: lists are told by their names."""

FACT_LABELS: dict[str, str] = {
    "policy": "保单",
    "line": "险种",
    "incident_time": "出险时间",
    "location": "出险地点",
    "cause": "出险原因",
    "description": "事故经过",
    "injured_count": "受伤人数",
    "third_party": "涉及第三方",
    "police_reported": "是否报警",
    "loss_estimate": "预估损失",
    "contact_phone": "联系电话",
}


def moment(when: datetime, *, day_only: bool = False) -> str:
    """ "11月21日 15:00", Shanghai time; without the hour when only the day was said."""
    there = local(when)
    day = f"{there.month}月{there.day}日"
    if there.year != local(datetime.now(tz=when.tzinfo)).year:
        day = f"{there.year}年{day}"
    return day if day_only else f"{day} {there:%H:%M}"


def money(amount: Any) -> str:
    """ "3,500元", with cents only when there are any."""
    return f"{amount:,.2f}元".replace(".00元", "元")


def day(when: datetime) -> str:
    """ "2026-11-21", Shanghai time: days of a contract are told with their year."""
    return f"{local(when).date()}"


def policy(terms: PolicyTerms) -> str:
    """ "车险（尾号0001）"."""
    return f"{causes.line_name(terms.line)}（尾号{tail(terms.number)}）"


def cover(item: CoverItem) -> str:
    """One cover of a policy: name, limit, deductible, clause."""
    deductible = f"免赔额{money(item.deductible)}" if item.deductible else "无免赔额"
    return f"{item.name}：限额{money(item.limit)}，{deductible}" + (f"（依据：{item.clause}）" if item.clause else "")


def value(facts: Facts, name: str, flags: dict[str, Any] | None = None) -> str:
    """One fact in words, as the summary shows it."""
    flags = flags or {}
    said = getattr(facts, name)
    match name:
        case "line":
            return causes.line_name(said)
        case "cause":
            return causes.cause_name(said, facts.line)
        case "incident_time":
            return moment(said, day_only=bool(flags.get("day_only")))
        case "injured_count":
            return f"{said}人" if said else "无人受伤"
        case "third_party" | "police_reported":
            return "是" if said else "否"
        case "loss_estimate":
            return f"约{money(said)}"
        case "policy":
            return "待核实" if said == UNKNOWN else str(flags.get("policy_said") or f"尾号{said[-4:]}")
        case _:
            return str(said)


def short_list(values: list[str]) -> str:
    """Values side by side: 甲、乙、丙."""
    return "、".join(values)


def lines(values: list[str]) -> str:
    """Values below each other, numbered from 1."""
    return "\n".join(f"{n}. {text}" for n, text in enumerate(values, start=1))
