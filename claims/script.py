"""Simplified or Traditional: which of the two a customer writes, and answers turned into it."""

import re
from functools import cache
from typing import Literal

from opencc import OpenCC

Script = Literal["hans", "hant"]

SWITCH_BACK = 2
"""Characters that only Simplified has, before a Traditional conversation turns back: one may be a name's."""

SURE = 2
"""Characters that only Traditional has, before a conversation that was Simplified turns: one may be an input
method's."""

# s2tw keeps mainland insurance words (s2twp turns 注销 into 登出), but it cuts some sentences in the wrong place
# (判断|发动机, 直接回|复数字, 并联|系您) and spells some words in a way nobody writes. Found by converting every
# sentence we have and reading each character that came out in two ways.
_FIXED = {
    "回复": "回覆",
    "发动机": "發動機",
    "联系": "聯繫",
    "尽快": "儘快",
    "尽量": "儘量",
    "自驾游": "自駕遊",
    "话里": "話裡",
    "卡里": "卡裡",
    "额里": "額裡",
}
_REPAIRS = (("臺", "台"), ("週歲", "周歲"), ("衚衕", "胡同"), ("汙", "污"))
_SIGN = re.compile(r"(?<![標牙抽])籤")
# A plate is written on the car in Simplified wherever its owner comes from; links and addresses are no language.
_AS_IT_IS = re.compile(r"[一-鿿][A-Z][A-Z0-9]{5,6}(?![A-Z0-9])|https?://\S+")


def detect(text: str) -> Script | None:
    """The script this text is written in, or None when it does not tell (both, neither, or too little)."""
    traditional = sum(map(_only_traditional, text))
    simplified = sum(map(_only_simplified, text))
    if traditional > simplified:
        return "hant"
    if simplified >= SWITCH_BACK and not traditional:
        return "hans"
    return None


def follows(text: str, *, wrote_simplified: bool) -> Script | None:
    """The script to answer in from now on, or None to stay with the one there is."""
    written = detect(text)
    if written == "hant" and wrote_simplified and sum(map(_only_traditional, text)) < SURE:
        return None
    return written


def wrote_simplified(texts: list[str]) -> bool:
    """Whether any of these has a character that only Simplified has."""
    return any(any(map(_only_simplified, text)) for text in texts)


def to_script(text: str, script: str) -> str:
    """A Simplified text in the given script."""
    if script != "hant":
        return text
    kept = list(_AS_IT_IS.finditer(text))
    if not kept:
        return _traditional(text)
    parts, end = [], 0
    for match in kept:
        parts += [_traditional(text[end : match.start()]), match.group()]
        end = match.end()
    return "".join([*parts, _traditional(text[end:])])


def _traditional(text: str) -> str:
    for simplified, traditional in _FIXED.items():
        text = text.replace(simplified, traditional)
    converted = str(_s2tw().convert(text))
    for wrong, right in _REPAIRS:
        converted = converted.replace(wrong, right)
    return _SIGN.sub("簽", converted)


@cache
def _s2tw() -> OpenCC:
    return OpenCC("s2tw")


@cache
def _t2s() -> OpenCC:
    return OpenCC("t2s")


@cache
def _only_traditional(char: str) -> bool:
    """A Chinese character that Simplified does not use: GB 2312 lacks it, and it has a Simplified form."""
    return "一" <= char <= "鿿" and not _encodes(char, "gb2312") and _t2s().convert(char) != char


@cache
def _only_simplified(char: str) -> bool:
    """A Chinese character that Traditional does not use: Big5 lacks it, and it has a Traditional form."""
    return "一" <= char <= "鿿" and not _encodes(char, "big5") and _s2tw().convert(char) != char


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
