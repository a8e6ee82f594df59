"""Numbers as people write and say them."""

from __future__ import annotations

import re
from typing import Optional

DIGITS = {
    "零": "0",
    "〇": "0",
    "○": "0",
    "洞": "0",
    "一": "1",
    "幺": "1",
    "妖": "1",
    "二": "2",
    "两": "2",
    "三": "3",
    "四": "4",
}
DIGITS.update(
    {"五": "5", "六": "6", "七": "7", "拐": "7", "八": "8", "九": "9", "勾": "9", "壹": "1", "贰": "2", "叁": "3"}
)
SPOKEN = "零〇○洞一幺妖二两三四五六七拐八九勾"
SMALL = r"(?:\d{1,2}(?!\d)|[廿卅][一二三四五六七八九]?|[零〇一二两三四五六七八九十]{1,4})"
_TENS = {"廿": 20, "卅": 30}
WORDS = "零〇一二两三四五六七八九十百千万"


def digits(text: str) -> str:
    """Spoken digits as ASCII digits, one for one: 幺三八 → 138. Other characters stay."""
    return "".join(DIGITS.get(char, char) for char in text)


def small(text: str) -> Optional[int]:
    """A whole number below 100, in figures or words; of a pair like 三四 or 十一二 the first. None when it is no number."""
    text = text.strip()
    if text.isascii():
        return int(text) if text.isdigit() else None
    if text[:1] in _TENS:
        ones = digits(text[1:2]) or "0"
        return _TENS[text[0]] + int(ones) if ones.isdigit() else None
    head, ten, tail = text.partition("十")
    if ten:
        tens = digits(head[-1:]) if head else "1"
        ones = digits(tail[:1]) if tail else "0"
        return int(tens) * 10 + int(ones) if (tens + ones).isdigit() else None
    figures = digits(text)
    if not figures.isdigit():
        return None
    if len(figures) > 1 and figures[0] == "0":
        return int(figures)
    return int(figures[0])


def large(text: str) -> Optional[float]:
    """A number in figures, words or both, with the customer's short forms: 三千五 → 3500, 1.2万 → 12000, 3K5 → 3500, 百二 → 120."""
    text = (
        re.sub(r"[,，\s]", "", text.upper())
        .replace("K", "千")
        .replace("W", "万")
        .replace("仟", "千")
        .replace("佰", "百")
        .replace("萬", "万")
    )
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    if text[:1] in "百千万" and text:
        text = "一" + text
    mixed = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万])([\d一二三四五六七八九]?)", text)
    if mixed:
        unit = {"百": 100, "千": 1000, "万": 10000}[mixed[2]]
        return round(float(mixed[1]) * unit + int(digits(mixed[3]) or 0) * unit / 10, 2)
    steps = re.fullmatch(r"(?:(\d+)万零?)?(?:(\d)千零?)?(?:(\d)百)?(?:(\d)十)?(\d{0,3})", text)
    if steps:
        units = {unit: int(n) for n, unit in zip(steps.groups(), (10000, 1000, 100, 10), strict=False) if n}
        tenths = len(steps[5]) == 1 and text[-2] != "零"
        rest = int(steps[5] or 0) * (min(units) // 10 if tenths else 1)  # 1万6千3 is 16300, 1千零5 is 1005
        return float(sum(unit * n for unit, n in units.items()) + rest)
    import cn2an

    try:
        return float(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError):
        return None
