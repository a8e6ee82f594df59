"""material_kind: papers a customer names, as the ids of the claims core's checklists."""

from __future__ import annotations

import re

from bot.values.sentence import Found, Sentence
from bot.values.vocabulary import phrases

_BARE = re.compile(r"(?P<invoice>发票|收据|单据)|(?P<list>(?<!财产)(?<!损失)清单|明细)")
_MEDICAL = re.compile(r"医|病|诊|院|药|手术|化验")
_REPAIR = re.compile(r"修|4S|配件")
_CAR = re.compile(r"修|车|4S|配件|驾驶证|行驶证|驾照")
_SUM = re.compile(r"\s?(?:[是要在为:：]|大概|大约|约|差不多|出来了?|下来){0,2}\s?[$￥¥\d一二两三四五六七八九十]")
_NO_PAPER = re.compile(r"\s?(?:号|号码)")


def read(sentence: Sentence) -> None:
    """Takes material_kind, each kind once. A bare invoice or list is read by the field its neighbours speak of."""
    seen: set[str] = set()
    text = sentence.plain
    has_number = any(found.entity == "id_card" for found in sentence.found)
    for hit in phrases("materials.yml", text):
        numbered = hit.name == "id_card" and (has_number or _NO_PAPER.match(text[hit.end :]))
        taken_there = text[hit.start : hit.end] == "片子" and text[max(0, hit.start - 2) : hit.start].startswith("拍")
        quoted = hit.name == "property_repair_invoice" and _SUM.match(text, hit.end)
        if text[max(0, hit.start - 1) : hit.end] == "拍片子" or taken_there or quoted:
            continue  # 拍片子花了六百: the examination, not its paper; 维修报价八千: the sum
        if hit.name not in seen and not numbered:
            seen.add(hit.name)
            sentence.take(Found("material_kind", hit.name, hit.start, hit.end), keep_text=True)
        text = text[: hit.start] + "\x00" * (hit.end - hit.start) + text[hit.end :]
    for match in _BARE.finditer(text):
        car = _CAR if match["invoice"] else _REPAIR
        field = "medical" if _MEDICAL.search(sentence.plain) else "car" if car.search(sentence.plain) else None
        kinds = {"medical": ("medical_invoice", "expense_list"), "car": ("repair_invoice", "repair_list")}.get(
            field or ""
        )
        if kinds:
            kind = kinds[0] if match["invoice"] else kinds[1]
            if kind not in seen:
                seen.add(kind)
                sentence.take(Found("material_kind", kind, *match.span()), keep_text=True)
