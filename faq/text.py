"""Customers' sentences brought to one written form, so that spelling and script do not decide what is found."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from opencc import OpenCC

# What people and speech recognisers put before the question itself; it carries no meaning for the search.
_OPENING = re.compile(
    r"^(?:(?:你好|您好|喂|嗨|哈喽|在吗|请问|请教|问一下|问下|想问|我想问|咨询|我想咨询|想了解|麻烦问|那个|就是|就是说|呃+|嗯+|额+|哎|诶|欸|唉|啊)"
    r"(?:一下|下|个|说)?(?:啊|呀|呢|哈|哦)?[\s,，.。:：!！~…、]*)+"
)
_SPACE_AT_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=1)
def _converter() -> Any:
    # "tw2sp" also turns Taiwan's words into the mainland's (網路 → 网络); it covers Hong Kong writing for our purposes.
    return OpenCC("tw2sp")


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Simplified, half-width, lower-case, single-spaced; an opening such as “请问” goes unless it is all there is."""
    simplified: str = _converter().convert(unicodedata.normalize("NFKC", text))
    plain = _SPACE_AT_HAN.sub("", " ".join(simplified.lower().split()))
    return _OPENING.sub("", plain) or plain


def bare(text: str) -> str:
    """The normalised words alone, without any punctuation: two sentences with the same bare form are the same."""
    return _NOT_WORD.sub("", normalise(text))
