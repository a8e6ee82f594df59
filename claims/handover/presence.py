"""Who is at the desk: online or away as they say, and gone when nothing was heard of them for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import BadInput
from claims.models import AgentPresence, StaffAccount
from claims.rules.handover import rules
from claims.vocabulary import Line, Presence

GENERAL = "general"
SKILLS = frozenset({GENERAL, *(line.value for line in Line)})


@dataclass(frozen=True, slots=True)
class Colleague:
    """One member of staff at the desk. skills: empty for all."""

    account: StaffAccount
    presence: Presence
    since: datetime
    skills: tuple[str, ...]
    phone: str | None


def announce(
    session: Session,
    account: StaffAccount,
    state: Presence,
    *,
    phone: str | None = None,
    skills: list[str] | None = None,
) -> Colleague:
    """Say that one takes conversations, or not now; phone and skills None: as they were. BadInput for an unknown
    skill."""
    if skills is not None and (unknown := set(skills) - SKILLS):
        raise BadInput(f"no such skill: {', '.join(sorted(unknown))}")
    now = clock.now()
    mine = session.get(AgentPresence, account.id)
    if mine is None:
        mine = AgentPresence(account_id=account.id, state=Presence.AWAY, since=now, seen_at=now, skills=[])
        session.add(mine)
    changed = mine.state is not state or _gone(mine)
    if changed:
        mine.since = now
    mine.state, mine.seen_at = state, now
    if phone is not None:
        mine.phone = phone or None
    if skills is not None:
        mine.skills = sorted(skills)
    session.flush()
    if changed:
        audit.record(session, account.login, "presence_changed", f"staff:{account.login}", {"state": state.value})
    return _colleague(account, mine)


def beat(session: Session, account: StaffAccount) -> None:
    """A sign of life from somebody's open desk; whoever never announced themselves stays unannounced."""
    mine = session.get(AgentPresence, account.id)
    if mine is not None and mine.state is not Presence.OFFLINE:
        mine.seen_at = clock.now()


def of(session: Session, account: StaffAccount) -> Presence:
    """Whether this account takes conversations; OFFLINE for one that never announced itself."""
    mine = session.get(AgentPresence, account.id)
    return Presence.OFFLINE if mine is None or _gone(mine) else mine.state


def colleagues(session: Session) -> list[Colleague]:
    """Everyone who ever announced themselves, by name."""
    rows = session.execute(
        select(StaffAccount, AgentPresence)
        .join(AgentPresence, AgentPresence.account_id == StaffAccount.id)
        .where(StaffAccount.active)
        .order_by(StaffAccount.name)
    )
    return [_colleague(account, presence) for account, presence in rows]


def online(session: Session, skill: str = GENERAL) -> list[Colleague]:
    """Those who take conversations of this skill now; everybody who is there when nobody has it."""
    there = [each for each in colleagues(session) if each.presence is Presence.ONLINE]
    return [each for each in there if not each.skills or skill == GENERAL or skill in each.skills] or there


def phone_of(session: Session, account_id: str | None) -> str | None:
    """Where calls for this account are put through to; None when it named no telephone."""
    mine = session.get(AgentPresence, account_id) if account_id is not None else None
    return mine.phone if mine is not None else None


def _colleague(account: StaffAccount, mine: AgentPresence) -> Colleague:
    state = Presence.OFFLINE if _gone(mine) else mine.state
    return Colleague(account, state, mine.since, tuple(mine.skills), mine.phone)


def _gone(mine: AgentPresence) -> bool:
    return mine.seen_at < clock.now() - timedelta(minutes=rules().presence_minutes)
