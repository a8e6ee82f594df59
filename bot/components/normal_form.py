"""The normal form of a sentence: one script, one width, single spaces. Free of Rasa, whose import takes seconds."""

from __future__ import annotations

import re
from functools import lru_cache

from opencc import OpenCC

# Chinese punctuation （，。！？；：（）） stays: it separates clauses for the value rules. Letters, digits and
# the signs that stand inside numbers, plates and times do not keep their full width.
_FULL_WIDTH_SIGNS = "．％＋－＝＠＃／～＿＆＊￥"
_HALF_WIDTH = {ord(c): ord(c) - 0xFEE0 for c in _FULL_WIDTH_SIGNS if c != "￥"}
_HALF_WIDTH.update({code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)})
_HALF_WIDTH.update({code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
_HALF_WIDTH.update({ord("￥"): ord("¥"), 0x3000: ord(" ")})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe0e\ufe0f\x00-\x08\x0b-\x1f\x7f]")
_COLON_IN_TIME = re.compile(r"(?<=\d)：(?=\d)")
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")


@lru_cache(maxsize=None)
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)


def is_traditional(text: str) -> bool:
    """True when the text holds more characters only Traditional has than characters only Simplified has."""
    simplified = _converter("t2s").convert(text)
    only_traditional = sum(a != b for a, b in zip(text, simplified, strict=False))
    if not only_traditional:
        return False
    only_simplified = sum(a != b for a, b in zip(text, _converter("s2t").convert(text), strict=False))
    return only_traditional > only_simplified


def visible(text: str) -> str:
    """The customer's own characters without invisible signs and with single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def normalise(text: str) -> str:
    """The text in Simplified characters, half-width letters and digits, single spaces and no invisible signs.

    The result never begins with "/" unless the text itself did, so a customer cannot write a Rasa command
    with a full-width slash.
    """
    out = _INVISIBLE.sub("", text).translate(_HALF_WIDTH)
    out = _COLON_IN_TIME.sub(":", out)
    out = _SPACES.sub(" ", out).strip()
    out = _SPACE_BESIDE_CHINESE.sub("", out)
    out = _converter("t2s").convert(out)
    if out.startswith("/") and not text.lstrip().startswith("/"):
        out = "／" + out[1:]
    return out
