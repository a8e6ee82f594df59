"""Settles rival values: what the customer takes back goes, and a fact that can have only one value keeps one."""

from __future__ import annotations

import itertools
import re

from bot.values.sentence import Found, Sentence

SINGLE = frozenset(
    {"incident_time", "location", "cause", "injured_count", "rating", "police_reported", "third_party", "injured"}
)
_NOT = re.compile(
    r"(?<!是)(?:不是|不叫|并不是|并非|不是说|不在|别打|别用|不要打|不用|并没有?|没有?|未|非)(?:在|于|被|因为|因|什么|我|真的|那个|这个|单纯|有|是|我的)?\s?$"
)
_CORRECTED = re.compile(
    r"(?<!对)(?<!是)不对(?!的地方)|(?<!没有)(?<!没)(?:说|写|填|打|记|搞|弄|讲|报|输)错了?|错了|更正|纠正|改成|改为|换成|不不|不,|口误|应该是|其实是?|实际是?|实际上是|才对|重新说|等等[,，]|[哦噢]不"
)
_AT_LEAST = re.compile(
    r"(?:块|元|钱|的?话|我看|估计|恐怕|怕是|肯定)*(?:下不来|打不住|搞不定|拿不下|修不好|不够|不行|解决不了|弄不好)"
)
_CLAUSE = re.compile(r"[。;；!！?？\n]")


def _denied(found: Found, text: str) -> bool:
    before = text[max(0, found.start - 8) : found.start]
    if re.search(r"是不是\S{0,2}$", before):
        return False
    if found.entity == "amount" and _AT_LEAST.match(text, found.end):
        return False  # 没两万下不来
    return bool(_NOT.search(before))


def _after_correction(values: list[Found], text: str) -> list[Found]:
    """ "三千，不对，五千": of two values with a correction between them the later stands."""
    kept = values
    for first, second in itertools.pairwise(values):
        if _CORRECTED.search(text[first.end : second.start]):
            kept = [value for value in values if value.start >= second.start]
    return kept


def winners(values: list[Found], text: str) -> list[Found]:
    """The values of one entity that stand after negations, corrections and rank."""
    if not values:
        return []
    denied = [value.value for value in values if _denied(value, text)]
    standing = [value for value in values if value.value not in denied]  # 说是前天，不是前天，是大前天
    entity = values[0].entity
    if entity not in ("injured_count", "police_reported", "third_party", "injured", "material_kind"):
        values = sorted(standing, key=lambda f: f.start)
        values = _after_correction(values, text)
    if entity in SINGLE and values:
        best = max(value.weight for value in values)
        values = [next(value for value in values if value.weight == best)]
    return values


def settle(sentence: Sentence) -> list[Found]:
    """All values that stand, in the order of the text, each said once."""
    names = list(dict.fromkeys(found.entity for found in sentence.found))
    out: list[Found] = []
    for name in names:
        seen: list[object] = []
        for found in winners([f for f in sentence.found if f.entity == name], sentence.plain):
            if found.value not in seen:
                seen.append(found.value)
                out.append(found)
    return sorted(out, key=lambda f: (f.start, f.end))
