"""Numbers as they are said: read out one by one, or as a quantity."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_SMALL = ("千", "百", "十", "")
_LARGE = ((10**8, "亿"), (10**4, "万"))


def one_by_one(digits: str, one: str = "幺") -> str:
    """ "13800138001" → 幺三八零零幺三八零零幺; anything that is no digit stays."""
    return "".join(one if d == "1" else _DIGITS[int(d)] if d.isascii() and d.isdigit() else d for d in digits)


def year(digits: str) -> str:
    """ "2026" → 二零二六."""
    return one_by_one(digits, "一")


def quantity(value: Decimal | int | str) -> str:
    """ "3500" → 三千五百, "1.5" → 一点五, "12000.00" → 一万两千. The value is not negative."""
    whole, _, rest = str(value).replace(",", "").partition(".")
    said = _whole(int(whole))
    rest = rest.rstrip("0")
    return f"{said}点{one_by_one(rest, '一')}" if rest else said


def counted(value: Decimal | int | str) -> str:
    """The same before a measure word: 2 is 两."""
    said = quantity(value)
    return "两" if said == "二" else said


def _whole(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    for unit, name in _LARGE:
        if number >= unit:
            high, low = divmod(number, unit)
            gap = _DIGITS[0] if low and low < unit // 10 else ""
            head = "两" if high == 2 else _whole(high)
            return f"{head}{name}{gap}{_whole(low) if low else ''}"
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    said, gap = "", False
    for place, digit in zip(_SMALL[-len(str(number)) :], map(int, str(number)), strict=True):
        if digit == 0:
            gap = bool(said)
            continue
        word = "两" if digit == 2 and place == "千" else _DIGITS[digit]
        said += (_DIGITS[0] if gap else "") + word + place
        gap = False
    return said.removeprefix("一") if 10 <= number < 20 else said
