"""Numbers of papers and people: policy, claim, identity card, telephone."""

from __future__ import annotations

import re

from bot.values.numbers import SPOKEN, digits
from bot.values.sentence import Found, Sentence

_SEP = r"[\s\-_.·]{0,2}"
_D = rf"[\d{SPOKEN}]"
_DIGIT = rf"\d{SPOKEN}OIL"  # letters that are typed for figures
_POLICY = re.compile(rf"(?<![A-Z])[A-Z]{_SEP}[A-Z]{_SEP}(?:[{_DIGIT}]{_SEP}){{11}}[{_DIGIT}](?!\d)")
_CLAIM = re.compile(rf"(?<![A-Z])C{_SEP}(?:{_D}{_SEP}){{13,14}}{_D}(?!\d)")
_LONG = re.compile(rf"(?<![\dA-Z]){_D}(?:{_SEP}{_D}){{16}}{_SEP}[\dX{SPOKEN}叉](?![\dA-Z])")
_MOBILE = re.compile(
    rf"(?<![\dA-Z])(?:(?:\+|00){_SEP}8{_SEP}6{_SEP}|86{_SEP}(?=1))?[1一幺妖]{_SEP}[3-9三四五六七拐八九勾](?:{_SEP}[\d{SPOKEN}LIO]){{9}}(?![\d]|{_SEP}\d{{4}})"
)
_LANDLINE = re.compile(
    rf"(?<![\dA-Z{SPOKEN}])[0零洞]{_SEP}(?:[1一幺]{_SEP}[0零洞]|[2二两]{_SEP}{_D}|[3-9三四五六七八九]{_SEP}{_D}{_SEP}{_D})(?:{_SEP}{_D}){{7,8}}(?!{_D})"
    r"|(?<![\dA-Z])400[\s-]?\d{3}[\s-]?\d{4}(?!\d)"
)
# Taiwan (09xx xxx xxx) and Hong Kong (8 digits; only with the area code or after the word telephone)
_ISLANDS = re.compile(
    r"(?<![\dA-Z])(?:(?:\+|00)?886[\s-]?)?09\d{2}[\s-]?\d{3}[\s-]?\d{3}(?!\d)"
    r"|(?<![\dA-Z])(?:\+|00)?852[\s-]?[5-9]\d{3}[\s-]?\d{4}(?!\d)"
    r"|(?<=[话机码是:])\s?[5-9]\d{3}[\s-]?\d{4}(?![\d元块])"
)
_MISREAD = str.maketrans("LIO", "110")  # typed for figures
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


_FORM = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")


def is_id_card(number: str) -> bool:
    """Whether an 18-character identity number carries the right check character (GB 11643-1999)."""
    if not _FORM.fullmatch(number):
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11] == number[-1]


def _compact(text: str) -> str:
    return re.sub(r"[\s\-_.·]", "", digits(text))


def read(sentence: Sentence) -> None:
    """Takes policy_no, claim_no, id_card and phone. A claim number's check digit is not tested here: the database knows."""
    for match in _CLAIM.finditer(sentence.rest):
        number = _compact(match[0])
        if re.match(r"C20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", number):
            sentence.take(Found("claim_no", number, *match.span()))
    for match in _POLICY.finditer(sentence.rest):
        number = _compact(match[0])
        if len(re.findall(r"\d", number)) > 8:
            number = number[:2] + number[2:].translate(_MISREAD)
            sentence.take(Found("policy_no", number, *match.span()))
    for match in _LONG.finditer(sentence.rest):
        number = _compact(match[0]).replace("叉", "X")
        if _FORM.fullmatch(number):
            sentence.take(Found("id_card", number, *match.span(), sure=is_id_card(number)))
        else:
            sentence.hide(*match.span())  # still no telephone and no money
    for match in _MOBILE.finditer(sentence.rest):
        sentence.take(Found("phone", _compact(match[0]).translate(_MISREAD)[-11:], *match.span()))
    for match in _ISLANDS.finditer(sentence.rest):
        sentence.take(
            Found("phone", re.sub(r"^(?:00)?(?:886(?=0?9)|852)", "", re.sub(r"\D", "", match[0])), *match.span())
        )
    for match in _LANDLINE.finditer(sentence.rest):
        sentence.take(Found("phone", re.sub(r"\D", "", digits(match[0])), *match.span()))
