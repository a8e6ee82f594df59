"""One fixed moment, and the values of a sentence by name."""

from datetime import datetime, timedelta, timezone

from bot.values import extract

NOW = datetime(2026, 11, 25, 16, 20, 40, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday


def values(text, awaiting=None, now=NOW):
    """Each value's list, by name."""
    out = {}
    for found in extract(text, now, awaiting):
        if found["entity"] == "line_hint":
            continue  # it comes with nearly every loss; test_line_hints.py tests it
        out.setdefault(found["entity"], []).append(found["value"])
    return out


def value(text, name, awaiting=None, now=NOW):
    """The only value of that name; None where there is none."""
    found = values(text, awaiting, now).get(name, [])
    assert len(found) < 2, f"{text}: {found}"
    return found[0] if found else None
