"""Comparing what happened with what a script expects. Pure; every difference is one readable line."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from evaluation.script import Turn
from lipei.client import Answer

SHANGHAI = ZoneInfo("Asia/Shanghai")
RELATIVE_TIME = re.compile(r"(today|yesterday|(\d+) days ago)(?: (\d{1,2}):(\d{2}))?")
# What people write freely and a script quotes in part.
CONTAINED = {"location", "description"}


def turn_problems(turn: Turn, answer: Answer, fill: Any) -> list[str]:
    """What differs between an answer and its turn's expectations; `fill` puts values into {{…}}."""
    problems = []
    for wanted in turn.expect:
        choices = [fill(each) for each in ([wanted] if isinstance(wanted, str) else wanted)]
        if not any(choice in answer.text for choice in choices):
            problems.append(f"expected {' or '.join(choices)!r} in the answer")
    problems += [f"did not expect {fill(each)!r}" for each in turn.not_expect if fill(each) in answer.text]
    if turn.checks_awaiting and answer.awaiting != turn.awaiting:
        problems.append(f"expected to be asked for {turn.awaiting}, was asked for {answer.awaiting}")
    titles = [button["title"] for button in answer.buttons]
    for wanted in turn.buttons:
        if not any(fill(wanted) in title for title in titles):
            problems.append(f"expected a button {fill(wanted)!r}; offered: {titles}")
    if turn.mode is not None and answer.mode != turn.mode:
        problems.append(f"expected mode {turn.mode}, is {answer.mode}")
    return problems


def claim_problems(expected: dict[str, Any], claim: dict[str, Any], now: dt.datetime) -> list[str]:
    """Facts of a claim that differ from a script's `claim:`. Facts may stand in the claim or in its `facts`."""
    found = {**claim, **(claim.get("facts") or {})}
    problems = []
    for name, wanted in expected.items():
        if name not in found:
            problems.append(f"the claim has no {name}")
        elif not _equal(name, wanted, found[name], now):
            problems.append(f"claim.{name}: expected {wanted!r}, found {found[name]!r}")
    return problems


def _equal(name: str, wanted: Any, found: Any, now: dt.datetime) -> bool:
    if wanted is None or found is None or isinstance(wanted, bool):
        return wanted is found
    if name in CONTAINED:
        return str(wanted) in str(found)
    if isinstance(wanted, str) and (match := RELATIVE_TIME.fullmatch(wanted)):
        return _same_time(match, found, now)
    if isinstance(wanted, int | float):
        try:
            return Decimal(str(wanted)) == Decimal(str(found))
        except InvalidOperation:
            return False
    return str(wanted) == str(found)


def _same_time(match: re.Match[str], found: str, now: dt.datetime) -> bool:
    """Equal to the minute in Shanghai; without a time of day, the same day."""
    word, days, hour, minute = match.groups()
    back = int(days) if days else {"today": 0, "yesterday": 1}[word]
    day = now.astimezone(SHANGHAI).date() - dt.timedelta(days=back)
    actual = dt.datetime.fromisoformat(found).astimezone(SHANGHAI)
    if hour is None:
        return actual.date() == day
    return (actual.date(), actual.hour, actual.minute) == (day, int(hour), int(minute))
