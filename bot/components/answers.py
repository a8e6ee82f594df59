"""What a sentence means as an answer to the question the bot has just asked."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Union

from bot.components import phrases

FACT_ENTITIES: Dict[str, List[str]] = {
    "policy": ["policy_no", "plate_no", "id_card", "phone", "policy"],
    "line": ["insurance_line"],
    "incident_time": ["incident_time"],
    "location": ["location"],
    "cause": ["cause"],
    "description": ["description"],
    "injured_count": ["injured_count"],
    "third_party": ["third_party"],
    "police_reported": ["police_reported"],
    "loss_estimate": ["amount"],
    "contact_phone": ["phone"],
}
"""For each fact of a report the entities that answer the question for it."""

IDENTIFIERS = frozenset({"policy_no", "plate_no", "claim_no", "phone", "id_card"})
"""Values that name a policy, a claim or a person: a sentence that brings one and no place does not say where."""

YES_NO_FACTS = ("third_party", "police_reported")
_FITS = {**FACT_ENTITIES, "material": ["material_kind"], "rating": ["rating"], "code": ["code"], "choice": ["choice"]}
_FITS["callback_time"] = ["incident_time"]

_CODE = re.compile(r"(?<!\d)\d{4,8}(?!\d)")
_SPOKEN_DIGITS = str.maketrans("零〇幺一二两三四五六七八九", "0011223456789")
_CHOICE = re.compile(
    r"(?:我?(?:选|要|是|点|应该是|就|那就)*)?(?:第)?(\d{1,2}|[一二两三四五六七八九十])(?:个|号|项|条|种|款|份|件)?(?:吧|的|啊|呢|呀|案子|保单)*[。.!！]*"
)
_LAST = re.compile(
    r"(?:我?(?:选|要|是|就)*)?(?:最后|末尾|最下面)(?:那|的|一|这)*(?:个|条|项|份)?(?:吧|的|啊)*[。.!！]*"
)
_STARS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_RATING = re.compile(r"(?:打|给|评)?(?:你们?)?([1-5一二两三四五])(?:分|星|颗星|星级|🌟)?(?:吧|啊|好评)*[。.!！]*")
_QUESTION = re.compile(r"[?？]|吗|什么|怎么|多少|多久|哪些|能不能|是不是|要不要|可不可以|如何|为啥")
_HEDGES = re.compile(
    "大概|大约|差不多|左右|上下|估计|应该|可能|也就|就是|好像|记得|一共|总共|不到|吧|了|的|是|有|呢|啊"
)
_DAMAGE = re.compile("(?:坏|裂|碎|掉|瘪|凹|变形|断|泡|烧|湿)(?:了|掉|的|$)")
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def entity(name: str, value: Any, text: str, start: int = 0, end: Optional[int] = None) -> Dict[str, Any]:
    """A Rasa entity taken in the light of the open question."""
    end = len(text) if end is None else end
    found = {"entity": name, "value": value, "start": start, "end": end, "text": text[start:end]}
    return {**found, "extractor": "context", "confidence_entity": 1.0}


def fitting(awaiting: Optional[str], entities: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Those of the entities that answer the open question."""
    wanted = _FITS.get(awaiting or "", [])
    return [found for found in entities if found["entity"] in wanted]


def is_question(text: str) -> bool:
    """The sentence asks something."""
    return bool(_QUESTION.search(text))


def code(text: str) -> Optional[str]:
    """The one-time code in the sentence: 4 to 8 digits, written, spaced or spoken; None unless there is exactly one."""
    digits = re.sub(r"(?<=\d)[\s\-.，,、]+(?=\d)", "", text.translate(_SPOKEN_DIGITS))
    found = _CODE.findall(digits)
    return found[0] if len(found) == 1 else None


def choice(text: str) -> Union[int, str, None]:
    """1, 2, … for a number or an ordinal, -1 for the last, else the words; None for a plain yes or no, or nothing."""
    found = _CHOICE.fullmatch(text)
    if found:
        return phrases.number(found.group(1))
    if _LAST.fullmatch(text):
        return -1
    return text if len(text) > 1 and phrases.yes_or_no(text) is None else None


def rating(text: str) -> Optional[int]:
    """1 to 5 from "5", "四星", "打三分"."""
    found = _RATING.fullmatch(text)
    if not found:
        return None
    said = found.group(1)
    return int(said) if said.isdigit() else _STARS[said]


def rest_says_something(text: str, entities: List[Dict[str, Any]]) -> bool:
    """True when at least two letters or characters stand outside the values already found."""
    free = list(text)
    for found in entities:
        free[found["start"] : found["end"]] = [" "] * (found["end"] - found["start"])
    return len(_CHINESE.findall(_HEDGES.sub("", "".join(free)))) >= 2


def identifies(entities: List[Dict[str, Any]]) -> bool:
    """One of the values names a policy, a claim or a person."""
    return any(found["entity"] in IDENTIFIERS for found in entities)


def is_damage(text: str) -> bool:
    """Tells what is broken, which is no place."""
    return bool(_DAMAGE.search(text))
