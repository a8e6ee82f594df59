"""One spelling for each thing people spell in many ways, so that look-ups find it."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_SEPARATORS = re.compile(r"[\s\-‐‑–—·•.,:/()]+")


def plain(value: str) -> str:
    """Full-width to half-width, separators dropped, upper case: '京a·12345' → '京A12345'."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", value)).upper()


def phone(value: str) -> str:
    """A mainland mobile number as its 11 digits, '+86 138-0013-8001' → '13800138001'; other numbers keep a '+'."""
    digits = plain(value)
    mainland = re.fullmatch(r"(?:\+|00)?86(1\d{10})", digits)
    return mainland.group(1) if mainland else digits


def simplified(text: str) -> str:
    """Chinese text in Simplified characters, whatever it was written in; words stay as they are (窃盗, not 盗窃)."""
    return str(_to_simplified().convert(text))


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
