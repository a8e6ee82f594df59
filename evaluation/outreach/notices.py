"""A purpose for measuring: a notice that is planned by hand and says one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from claims.outreach import Due
from claims.vocabulary import OutreachKind
from outreach.purpose import Occasion, Prepared, Purpose, Say, one_by_one

NAME = "measured_notice"


def _plan(session: Session, now: datetime) -> Iterable[Due]:
    return ()


def _prepare(session: Session, occasion: Occasion) -> Prepared:
    return Say("【理赔助手】您的案件已经受理，我们会在72小时内完成查勘，进展随时告诉您。")


PURPOSE = Purpose(NAME, OutreachKind.SERVICE, _plan, one_by_one(_prepare), channels=("sms",))
