"""policy.yml: caps and budgets, read and checked at start."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from claims.rules.loading import Rule, read_rules
from claims.vocabulary import OutreachKind

FILE = Path(__file__).with_name("policy.yml")


class Policy(Rule):
    """What the comments of policy.yml say."""

    weekly: dict[OutreachKind, int]
    weekly_all: int = Field(ge=1)
    consent_needed: frozenset[OutreachKind]
    calls_per_day: int = Field(ge=1)
    sms_segments: int = Field(ge=1, le=10)
    sms_segments_per_day: int = Field(ge=1)
    window_hours: int = Field(ge=1)
    recent_chat_days: int = Field(ge=0)
    talk_minutes: int = Field(ge=0)


@cache
def policy(file: Path = FILE) -> Policy:
    """RuleFileError when the file is wrong."""
    return read_rules(file, Policy)
