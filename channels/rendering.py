"""From a message of ours to what a channel can show: split at its limit, buttons as numbers where it has none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from channels.base import Outbound
from channels.gateway.numbering import numbered
from channels.gateway.script import to_script
from channels.gateway.wording import say

_BREAKS = (re.compile(r"\n+"), re.compile(r"(?<=[。！？；!?;])"), re.compile(r"(?<=[，、, ])"))


def utf8_bytes(text: str) -> int:
    """How long a text is in UTF-8."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """How long a text is in UCS-2: an emoji counts two."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel's messages may hold.

    size: of one text, as `unit` counts (characters unless it says otherwise). buttons: how many a message may show; a
    message with more has them written out, to be answered by number. None: any number. per_second: how many messages
    the provider takes from one of our processes.
    """

    size: int = 2_000
    unit: Callable[[str], int] = len
    buttons: int | None = 0
    per_second: float | None = None


def render(message: Outbound, limits: Limits) -> list[Outbound]:
    """The message in parts that fit, in order; buttons stay with the last. One part keeps the dedupe key as it is."""
    written_out = limits.buttons is not None and len(message.buttons) > limits.buttons
    text = _with_choices(message) if written_out else message.text
    parts = split(text, limits.size, limits.unit)
    buttons = [] if written_out else message.buttons
    return [
        replace(
            message,
            text=part,
            dedupe_key=message.dedupe_key if len(parts) == 1 else f"{message.dedupe_key}/{number}",
            buttons=buttons if number == len(parts) else [],
        )
        for number, part in enumerate(parts, start=1)
    ]


def _with_choices(message: Outbound) -> str:
    titles = [title for title, _ in message.buttons]
    if numbered(message.awaiting):
        lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
        added = "\n".join([say("reply_number"), *lines])
    else:
        added = say("reply_words", titles="、".join(titles))
    return f"{message.text}\n{to_script(added, message.script)}"


def split(text: str, size: int, unit: Callable[[str], int] = len) -> list[str]:
    """Pieces of at most `size`, cut between lines, else sentences, else clauses, else characters. Nothing is lost but
    white space at the cuts."""
    pieces: list[str] = []
    while unit(text) > size:
        most = _fitting(text, size, unit)
        cut = _cut(text, most)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [piece for piece in [*pieces, text] if piece] or [""]


def _fitting(text: str, size: int, unit: Callable[[str], int]) -> int:
    """How many characters from the start fit; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if unit(text[:middle]) <= size else (low, middle - 1)
    return low


def _cut(text: str, most: int) -> int:
    """The last good place up to `most`, but not in the first half: a short piece is worse than a cut sentence."""
    for pattern in _BREAKS:
        places = [match.end() for match in pattern.finditer(text, 0, most + 1) if most // 2 <= match.end() <= most]
        if places:
            return places[-1]
    return most
