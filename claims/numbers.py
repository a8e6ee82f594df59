"""Claim numbers: C, the day (Shanghai calendar), a 6-digit sequence and a check digit — C202611220000015. Complaints
are numbered alike, with T.

The check digit is ISO 7064 MOD 11,10 over the fourteen digits: it finds every single wrong digit and nearly every
swap of neighbours, so that a mistyped number is told from an unknown one.
"""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from claims.errors import ClaimsError
from claims.models import ClaimSequence, ComplaintSequence
from claims.normalise import plain
from claims.upsert import insert_into

_SHAPE = re.compile(r"C(20\d{6}\d{6})(\d)")
_DAILY_LIMIT = 999_999


def next_claim_number(session: Session, day: date) -> str:
    """The next number of the day, never given out twice.

    The day's counter is locked until the transaction ends; one that is undone gives its number back.
    """
    return _next(session, ClaimSequence, "C", day)


def next_complaint_number(session: Session, day: date) -> str:
    """The same for complaints."""
    return _next(session, ComplaintSequence, "T", day)


def is_claim_number(text: str) -> bool:
    """Whether the text, however it is spaced, has the shape and the check digit of a claim number."""
    match = _SHAPE.fullmatch(plain(text))
    return match is not None and check_digit(match.group(1)) == match.group(2)


def _next(session: Session, counter: type[ClaimSequence] | type[ComplaintSequence], letter: str, day: date) -> str:
    last = session.scalar(
        insert_into(session, counter)
        .values(day=day, last=1)
        .on_conflict_do_update(index_elements=["day"], set_={"last": counter.last + 1})
        .returning(counter.last)
    )
    if last is None or last > _DAILY_LIMIT:
        raise ClaimsError(f"all {_DAILY_LIMIT} numbers of {day} are used up")
    digits = f"{day:%Y%m%d}{last:06d}"
    return f"{letter}{digits}{check_digit(digits)}"


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10."""
    carry = 10
    for digit in digits:
        carry = (carry + int(digit)) % 10 or 10
        carry = carry * 2 % 11
    return str((11 - carry) % 10)
