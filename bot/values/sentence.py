"""The sentence under reading: the customer's words, a plain form of equal length, and what has been taken already."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, NamedTuple, Optional

from bot.values import typos, vocabulary

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
TAKEN = "\x00"


class Found(NamedTuple):
    """One value; start and end are offsets in the customer's text. A higher weight wins where only one value may stand;
    sure is False where the form is right and a check digit is not."""

    entity: str
    value: Any
    start: int
    end: int
    weight: int = 0
    sure: bool = True


@dataclass
class Sentence:
    """text as written; plain in Simplified, half-width, upper case, usual typing errors mended, same length; rest = plain without taken spans."""

    text: str
    now: datetime
    awaiting: Optional[str] = None
    plain: str = ""
    rest: str = ""
    found: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.now.astimezone(SHANGHAI)
        self.plain = self.plain or plain(self.text)
        self.rest = self.rest or self.plain

    def copy(self) -> Sentence:
        """The same sentence with nothing found in it yet; what is hidden stays hidden."""
        return replace(self, found=[])

    def take(self, found: Found, keep_text: bool = False) -> None:
        """Record a value and hide its characters from the readers that come later, so that no number fills two values."""
        self.found.append(found)
        if not keep_text:
            self.hide(found.start, found.end)

    def said(self, start: int, end: int) -> str:
        """The customer's own characters, except where a typing error was mended."""
        chars = zip(self.text[start:end], self.plain[start:end], strict=True)
        return "".join(
            own if _plain_char(own).translate(vocabulary.PUNCTUATION) == plain else plain for own, plain in chars
        )

    def hide(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=8192)
def _plain_char(char: str) -> str:
    """One character in its plain form; always exactly one character, so that offsets stay."""
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        folded = char
    if folded.isspace():
        return " "
    if not folded.isascii():
        folded = _simplifier().convert(folded)
    upper = folded.upper()
    return upper if len(upper) == 1 else char


def plain(text: str) -> str:
    """The text in Simplified, half-width, upper case, with the usual typing errors mended; same length as text."""
    out = "".join(_plain_char(char) for char in text)
    out = out.translate(vocabulary.PUNCTUATION)
    out = typos.mend(out)
    return out if len(out) == len(text) else "".join(_plain_char(char) for char in text)
