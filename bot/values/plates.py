"""Vehicle plates (GA 36-2018): province, letter, five characters, or six for new-energy vehicles."""

from __future__ import annotations

import re

from bot.values.numbers import SPOKEN, digits
from bot.values.sentence import Found, Sentence

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SEP = r"[\s·.\-_,点杠]{0,3}"
_CHAR = rf"(?:[A-Z\d]|[{SPOKEN}])"
_PLATE = re.compile(
    rf"[{PROVINCES}]{_SEP}[A-Z]{_SEP}{_CHAR}(?:{_SEP}{_CHAR}){{3}}(?:{_SEP}(?:{_CHAR}|[学警港澳挂领使临])){{1,2}}"
)
_BODY = re.compile(r"[A-HJ-NP-Z\d]{4}[A-HJ-NP-Z\d学警港澳挂领]|[A-HJK][A-HJ-NP-Z\d]\d{4}|\d{5}[A-HJK]")
# Of Hong Kong and Macau two letters and up to four figures, of Taiwan three and four; only where they are called a plate.
_NAMED = re.compile(
    r"车(?:牌|号)(?:号码?)?[是为系:：\s]{0,3}(?P<plate>[A-Z]{2}[\s-]?\d{2}[\s-]?\d{2}|[A-Z]{2}\s?\d{2,4}|[A-Z]{3}[\s-]?\d{4})(?![A-Z\d])"
)


def is_plate(plate: str) -> bool:
    """Whether a compact plate is well-formed; six characters only in the new-energy patterns (small and large vehicles)."""
    return (
        len(plate) in (7, 8)
        and plate[0] in PROVINCES
        and (plate[1] in "ABCDEFGHJKLMNOPQRSTUVWXY" or (plate[1] == "Z" and plate[-1] in "港澳"))
        and bool(_BODY.fullmatch(plate[2:]))
    )


def _compact(text: str) -> str:
    plate = re.sub(r"[\s·.\-_,点杠]", "", digits(text))
    return plate[:2] + plate[2:].replace("O", "0").replace("I", "1")  # never on a plate: O and I are misread 0 and 1


def _abroad(sentence: Sentence) -> None:
    for match in _NAMED.finditer(sentence.rest):
        sentence.take(Found("plate_no", re.sub(r"[\s-]", "", match["plate"]), *match.span("plate")))


def read(sentence: Sentence) -> None:
    """Takes plate_no, written without separators in upper case."""
    for match in _PLATE.finditer(sentence.rest):
        raw = match[0]
        end = match.end()
        # a following number in words is no part of a plate in figures: 京A12345五千
        if re.search(r"\d", raw):
            tail = re.search(rf"[{SPOKEN}]+$", raw)
            if tail and is_plate(_compact(raw[: tail.start()])):
                raw, end = raw[: tail.start()], match.start() + tail.start()
        while len(raw) >= 7 and not (
            is_plate(_compact(raw)) and (end == len(sentence.rest) or not re.match(r"[A-Z\d]", sentence.rest[end]))
        ):
            raw, end = raw[:-1], end - 1
        plate = _compact(raw)
        if is_plate(plate):
            sentence.take(Found("plate_no", plate, match.start(), match.start() + len(raw)))
    _abroad(sentence)
