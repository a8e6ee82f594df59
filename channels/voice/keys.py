"""What a caller's keys mean at a question: a choice by its number, a value by its digits, 0 a person, * once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

PERSON, REPEAT = "0", "*"


@dataclass(frozen=True, slots=True)
class Pressed:
    """One of these, or nothing where the keys mean nothing here. token: of a button; text: as if it had been said."""

    token: str = ""
    text: str = ""
    person: bool = False
    repeat: bool = False


def pressed(digits: str, awaiting: str, tokens: Sequence[str]) -> Pressed:
    """The meaning of the keys at a question whose buttons are `tokens`, by key 1, 2, …"""
    if digits == PERSON:
        return Pressed(person=True)
    if REPEAT in digits:
        return Pressed(repeat=True)
    if not digits.isascii() or not digits.isdigit():
        return Pressed()
    if len(digits) == 1 and 1 <= int(digits) <= len(tokens):
        return Pressed(token=tokens[int(digits) - 1])
    return Pressed(text=_value(digits, awaiting))


def takes_digits(awaiting: str) -> bool:
    """Whether the question can be answered by a value of several digits, so that one key is not yet the answer."""
    return awaiting in _VALUES and awaiting not in _ONE_KEY


def _value(digits: str, awaiting: str) -> str:
    return _VALUES[awaiting](digits) if awaiting in _VALUES else ""


def _moment(digits: str) -> str:
    """ "1103" → 11月3日, "11031430" → 11月3日14点30分; empty for anything else."""
    if len(digits) not in (4, 8):
        return ""
    month, day = int(digits[:2]), int(digits[2:4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    if len(digits) == 4:
        return f"{month}月{day}日"
    hour, minute = int(digits[4:6]), int(digits[6:])
    return f"{month}月{day}日{hour}点{f'{minute}分' if minute else ''}" if hour < 24 and minute < 60 else ""


def _yes_or_no(digits: str) -> str:
    return {"1": "是", "2": "否"}.get(digits, "")


def _as_it_is(digits: str) -> str:
    return digits


_ONE_KEY = frozenset({"confirm", "third_party", "police_reported", "injured_count", "rating"})
"""More than nine people are said, not pressed."""

_VALUES: dict[str, Callable[[str], str]] = {
    "confirm": _yes_or_no,
    "third_party": _yes_or_no,
    "police_reported": _yes_or_no,
    "contact_phone": _as_it_is,
    "code": _as_it_is,
    "policy": _as_it_is,
    "claim_no": lambda digits: f"C{digits}",
    "phone": _as_it_is,
    "incident_time": _moment,
    "loss_estimate": lambda digits: f"{int(digits)}元",
    "injured_count": lambda digits: f"{int(digits)}人",
    "rating": lambda digits: f"{int(digits)}分",
}
