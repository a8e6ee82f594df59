"""From a reply as it is written to what is said on the phone: no signs, links or lists, numbers read out."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from channels.gateway.script import to_script
from channels.rendering import split
from channels.voice.reading import read_out
from channels.voice.tongues import Tongue

SAY_LIMIT = 3_000
"""Characters of one <Say>: Twilio takes 4,096, the voices of Amazon 3,000."""

_URL = re.compile(r"(?:https?://|www\.)[\w\-./?%&=:#~+]+")
_MARKUP = re.compile(r"[*_`#>|]+|<[^>]*>")
_ITEM = re.compile(r"^\s*(\d{1,2})\s*[.、．)]\s*(.+)$")
_CIRCLED = re.compile("[①-⑳]")
_SILENT = re.compile('[“”‘’「」『』《》【】"]')
_ASIDE = re.compile(r"[（(]([^（）()]*)[）)]")
_REPLY = re.compile('(?:请)?(?:直接)?回复(?=[“「"]|数字|序号)')
_PAUSES = re.compile(r"[，、,；;：:\s]*([。！？!?])[，、,；;：:\s]*")
_DOUBLED = re.compile(r"[，,、\s]*，[，,、\s]*")


def spoken(text: str, tongue: Tongue) -> str:
    """The whole text in words, in the script of the voice."""
    plain = _t2s().convert(text)
    plain = _in_one_line("\n".join(_without_signs(line) for line in plain.split("\n")))
    return to_script(_settled(read_out(plain, tongue.one)), tongue.script)


def pieces(text: str) -> list[str]:
    """Parts that one <Say> takes."""
    return split(text, SAY_LIMIT)


def listed(text: str) -> int:
    """How many numbered lines a text has."""
    return sum(1 for line in text.split("\n") if _ITEM.match(line))


def _without_signs(line: str) -> str:
    line = _URL.sub("", unicodedata.normalize("NFC", line))
    line = _CIRCLED.sub(lambda m: f"第{int(unicodedata.numeric(m[0]))}，", line)
    line = _REPLY.sub("请说", line)
    line = _ASIDE.sub(r"，\1，", line)
    line = _SILENT.sub("", _MARKUP.sub("", line))
    line = re.sub(r"(?<=[一-鿿])\s*[／/]\s*(?=[一-鿿])", "、", line)
    line = re.sub("——|—|…+|\\.{3,}", "，", line)
    return "".join(char for char in line if not _unspeakable(char))


def _unspeakable(char: str) -> bool:
    """Emojis, arrows, ticks and what they are put together from; the signs of money and per cent are read."""
    return char not in "¥￥%+~～" and unicodedata.category(char) in (
        "So",
        "Sk",
        "Sm",
        "Cs",
        "Co",
        "Cn",
        "Cf",
        "Mn",
        "Me",
    )


def _in_one_line(text: str) -> str:
    said = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        said.append(f"第{item[1]}，{item[2]}" if item else line)
    return "。".join(line.strip() for line in said if line.strip())


def _settled(text: str) -> str:
    """One sign for each pause, no space between Chinese characters."""
    text = re.sub(r"\s+(?=[一-鿿，。])|(?<=[一-鿿，。])\s+", "", text)
    text = re.sub("，*([；：])，*", r"\1", _DOUBLED.sub("，", text))
    text = re.sub("[。！？!?]+", lambda m: "？" if set(m[0]) & set("？?") else "。", text)
    return _PAUSES.sub(lambda m: m[1], text).strip("，、；：: ")


@cache
def _t2s() -> OpenCC:
    return OpenCC("t2s")
