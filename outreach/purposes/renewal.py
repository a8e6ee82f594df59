"""Reminders that a policy ends: one row a policy, tried at each step of the rules, firmer and on another channel each
time, until the customer renewed, declined, or asked for a person to see to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from claims import clock, renewals
from claims.masking import tail
from claims.models import DueRow, Policy, Touch
from claims.outreach import Due
from claims.rules import causes
from claims.rules.renewals import rules
from claims.vocabulary import Line, OutreachKind, PolicyStatus, RenewalState
from outreach.gate import CHATS
from outreach.purpose import Done, Later, Occasion, Prepared, Purpose, Say, one_by_one

NAME = "renewal"
WORDING = Path(__file__).with_name("renewal.yml")
PAUSE = timedelta(hours=12)
"""After it the row is looked at again; when the next step is still ahead, `prepare` waits for that."""
BUTTONS = (("我要续保", "/renew_policy"), ("不续了", '/renew_policy{"choose": "decline"}'))
ENDED = {RenewalState.RENEWED, RenewalState.DECLINED, RenewalState.ASKED}


@cache
def wording() -> dict[Any, Any]:
    """The reminders by their step."""
    found: dict[Any, Any] = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return found


def plan(session: Session, now: datetime) -> Iterable[Due]:
    """Policies whose first reminder is due within a day."""
    reminders = rules().reminders
    ahead = now + timedelta(days=reminders.days[0] + 1)
    soon = and_(Policy.status == PolicyStatus.ACTIVE, Policy.ends_at.between(now, ahead))
    found = session.execute(select(Policy.id, Policy.customer_id, Policy.ends_at).where(soon)).all()
    known = select(DueRow.key).join(Policy, Policy.id == DueRow.subject).where(DueRow.purpose == NAME, soon)
    planned = set(session.scalars(known))
    for policy_id, customer_id, ends_at in found:
        key = f"{policy_id}:{clock.local(ends_at):%Y%m%d}"
        if f"{NAME}:{key}" not in planned:
            yield Due(
                key=key,
                due_at=max(now, reminders.moment(ends_at, reminders.days[0])),
                subject=policy_id,
                customer_id=customer_id,
                expires_at=ends_at,
            )


def prepare(session: Session, occasion: Occasion) -> Prepared:
    """The reminder of the step that is the newest now, unless it was sent already or nothing is to be reminded of."""
    policy = session.get_one(Policy, occasion.row.subject)
    if policy.status is not PolicyStatus.ACTIVE or renewals.succeeded(session, policy) is not None:
        return Done("no_longer")
    renewal = renewals.of_policy(session, policy)
    if renewal.state in ENDED:
        return Done("answered")
    reminders = rules().reminders
    step = reminders.step(policy.ends_at, occasion.now)
    last = session.scalar(select(func.max(Touch.at)).where(Touch.due_id == occasion.row.id))
    if step is None or (last is not None and _aware(last) >= reminders.moment(policy.ends_at, step)):
        coming = [days for days in reminders.days if step is None or days < step]
        if not coming:
            return Done("no_answer")
        return Later(reminders.moment(policy.ends_at, coming[0]))
    task = {"task": NAME, "step": "offered", "policy": policy.number, "details": {}}
    if occasion.channel == "email":
        return Say(_text(policy, step, occasion))
    return Say(_text(policy, step, occasion), BUTTONS if occasion.channel in CHATS else (), "confirm", task)


def _text(policy: Policy, step: int, occasion: Occasion) -> str:
    form = "sms" if occasion.channel == "sms" else "chat"
    days = (clock.local(policy.ends_at).date() - clock.local(occasion.now).date()).days
    ends = clock.local(policy.ends_at)
    words = wording()
    text = str(words[step][form])
    return text.format(
        policy=f"{causes.line_name(Line(policy.line))}（尾号{tail(policy.number)}）",
        days=days,
        ends=f"{ends.month}月{ends.day}日",
        left=words["last"].format(days=days) if days else words["today"],
    )


def _aware(moment: datetime) -> datetime:
    """What func.max gives on SQLite has lost its zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.now().tzinfo)


PURPOSE = Purpose(
    NAME,
    OutreachKind.SALES,
    plan,
    one_by_one(prepare),
    ("wechat", "telegram", "sms", "email"),
    repeats=(PAUSE,) * 5,
)
