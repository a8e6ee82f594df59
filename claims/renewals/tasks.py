"""Renewals as the tasks of staff: who has which, and what came of it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import BadInput, NotFound
from claims.models import Renewal, StaffAccount
from claims.vocabulary import RenewalState, Role

SELLERS = (Role.AGENT,)
"""Roles that a renewal is given to by itself."""


def least_busy(session: Session) -> StaffAccount | None:
    """Who has the fewest renewals to see to, by login among equals; None without any such account."""
    has = (
        select(func.count())
        .select_from(Renewal)
        .where(Renewal.owner_id == StaffAccount.id, Renewal.state == RenewalState.ASKED)
        .scalar_subquery()
    )
    query = select(StaffAccount).where(StaffAccount.role.in_(SELLERS), StaffAccount.active)
    return session.scalars(query.order_by(has, StaffAccount.login).limit(1)).first()


def listing(
    session: Session, *, state: RenewalState | None = None, owner_id: str | None = None, limit: int = 200
) -> list[Renewal]:
    """Renewals, what is promised first, first; then by the end of the term."""
    query = select(Renewal).order_by(Renewal.due_at.nulls_last(), Renewal.ends_on, Renewal.id).limit(limit)
    if state is not None:
        query = query.where(Renewal.state == state)
    if owner_id is not None:
        query = query.where(Renewal.owner_id == owner_id)
    return list(session.scalars(query))


def get(session: Session, renewal_id: str) -> Renewal:
    """NotFound when there is none."""
    renewal = session.get(Renewal, renewal_id, with_for_update=True)
    if renewal is None:
        raise NotFound("no such renewal")
    return renewal


def assign(session: Session, renewal: Renewal, login: str, actor: str) -> None:
    """Give it to somebody. NotFound without such an account, BadInput when nothing is to be done."""
    owner = session.scalar(select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active))
    if owner is None:
        raise NotFound(f"there is no active staff account {login}")
    if renewal.state is not RenewalState.ASKED:
        raise BadInput("nobody has to see to this renewal")
    renewal.owner_id = owner.id
    session.flush()
    audit.record(session, actor, "renewal_assigned", f"renewal:{renewal.id}", {"to": login})


def settle(
    session: Session,
    renewal: Renewal,
    to: RenewalState,
    *,
    actor: str,
    note: str = "",
    new_policy_no: str | None = None,
) -> None:
    """What came of it: renewed (with the number of the new policy) or declined. The same again changes nothing."""
    if to not in (RenewalState.RENEWED, RenewalState.DECLINED):
        raise BadInput("a renewal ends as renewed or declined")
    if to is RenewalState.RENEWED and not (new_policy_no or "").strip():
        raise BadInput("a renewal needs the number of the new policy")
    if renewal.state is to:
        return
    if renewal.state is RenewalState.RENEWED:
        raise BadInput("it was renewed already")
    renewal.state, renewal.done_at = to, clock.now()
    renewal.new_policy_no = (new_policy_no or "").strip() or None
    renewal.note = note.strip() or renewal.note
    session.flush()
    audit.record(session, actor, f"renewal_{to}", f"renewal:{renewal.id}")
