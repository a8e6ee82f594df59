"""Numbers in a sentence as a person reads them out: identifiers digit by digit, money, dates and times as such."""

from __future__ import annotations

import re
from collections.abc import Callable

from channels.voice.numerals import counted, one_by_one, quantity, year

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_MEASURES = "元|块|天|日|个|份|人|位|项|次|小时|分钟|秒|米|公里|岁|年|月|周|件|张|页|倍|户|起|条|点|分|号|楼|层|栋|级"

_CHINESE_DATE = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})[日号]?")
_ISO_DATE = re.compile(r"(?<!\d)(20\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_CLOCK = re.compile(r"(?<![\d:：])([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_MONEY = re.compile(rf"(?:¥|￥)\s*({_AMOUNT})(?:\s*元)?|({_AMOUNT})\s*(万|亿)?(元|块钱|块)")
_CENTS = re.compile(r"[\d,]+\.\d\d")
_LARGE = re.compile(rf"({_AMOUNT})\s*(万|亿)")
_PERCENT = re.compile(rf"({_AMOUNT})\s*[%％]")
_RANGE = re.compile(rf"(?<![\dA-Za-z])(\d{{1,4}})\s*[–—~～-]\s*(\d{{1,4}})(?=\s*(?:{_MEASURES}))")
_PLATE = re.compile(rf"([{_PROVINCES}])([A-Z])[·\s]?([A-Z0-9]{{5,6}})(?![A-Z0-9])")
_IDENTIFIER = re.compile(r"(?<![0-9A-Za-z.,])(?:[A-Z]{1,3}\d{4,}|\+?\d{5,}[Xx]?)(?![0-9A-Za-z])")
_TAIL = re.compile(r"(尾号(?:是|为)?\s*)([0-9A-Za-z]{3,6})")
_SHORT_CODE = re.compile(rf"(?<![\d.])(?:110|119|120|122)(?![\d.])(?!\s*(?:{_MEASURES}))")
_COUNTED = re.compile(rf"(?<![\dA-Za-z])({_AMOUNT})\s*(?=(?:{_MEASURES}))")
_PLAIN = re.compile(rf"(?<![\dA-Za-z.])({_AMOUNT})(?![\dA-Za-z])")


def read_out(text: str, one: str = "幺") -> str:
    """The sentence (Simplified) without a figure in it. one: how a single 1 is read out."""
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_PLATE, lambda m: f"{m[1]}{m[2]}，{one_by_one(m[3], one)}，"),
        (_TAIL, lambda m: m[1].rstrip() + _spelt(m[2], one)),
        (_ISO_DATE, _date),
        (_CHINESE_DATE, _date),
        (_CLOCK, lambda m: _clock(int(m[1]), int(m[2]))),
        (_YEAR, lambda m: f"{year(m[1])}年"),
        (_MONEY, _money),
        (_LARGE, lambda m: f"{counted(m[1])}{m[2]}"),
        (_PERCENT, lambda m: f"百分之{quantity(m[1])}"),
        (_RANGE, lambda m: f"{counted(m[1])}到{counted(m[2])}"),
        (_IDENTIFIER, lambda m: _spelt(m[0], one)),
        (_SHORT_CODE, lambda m: one_by_one(m[0], one)),
        (_COUNTED, lambda m: counted(m[1])),
        (_PLAIN, lambda m: quantity(m[1])),
    )
    for pattern, said in steps:
        text = pattern.sub(said, text)
    return text


def _spelt(identifier: str, one: str) -> str:
    """Letters apart, digits in groups of four, so that a person can write along: C，二零二六，幺幺零三，…"""
    letters = re.match(r"[A-Za-z+]*", identifier)
    head = (letters[0] if letters else "").replace("+", "加")
    digits = identifier[len(letters[0]) if letters else 0 :]
    if len(digits) == 11 and digits.startswith("1"):
        groups = [digits[:3], digits[3:7], digits[7:]]
    else:
        groups = [digits[place : place + 4] for place in range(0, len(digits), 4)]
    said = [one_by_one(group, one) for group in groups if group]
    return "，".join([" ".join(head), *said] if head else said)


def _date(match: re.Match[str]) -> str:
    in_year = f"{year(match[1])}年" if match[1] else ""
    return f"{in_year}{quantity(match[2])}月{quantity(match[3])}日"


def _clock(hour: int, minute: int) -> str:
    part = next(name for until, name in _PARTS if hour < until)
    shown = hour if hour <= 12 else hour - 12
    rest = "" if minute == 0 else "半" if minute == 30 else f"{'零' if minute < 10 else ''}{quantity(minute)}分"
    return f"{part}{counted(shown)}点{rest}"


_PARTS = ((6, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))


def _money(match: re.Match[str]) -> str:
    amount, large, unit = match[1] or match[2], match[3], match[4] or "元"
    if large or not _CENTS.fullmatch(amount):
        return f"{counted(amount)}{large or ''}{unit}"
    whole, _, cents = amount.partition(".")
    tens, ones = cents[0], cents[1]
    said = f"{counted(whole)}{unit}" + (f"{counted(tens)}角" if tens != "0" else "")
    return said + (f"{'零' if tens == '0' else ''}{counted(ones)}分" if ones != "0" else "")
