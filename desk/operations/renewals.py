"""Renewals at the desk: who wants the next term, who sees to it, and what came of it."""

from __future__ import annotations

from typing import Any

from claims import accounts, clock, renewals
from claims.models import Renewal
from claims.rules import causes
from claims.rules.renewals import rules
from claims.staff import Right
from claims.vocabulary import RenewalState
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused
from desk.shown import money, person, phone, when
from desk.wording import named


@operation(Right.SEE_TO_RENEWALS)
def list_renewals(desk: Desk, scope: str = "asked") -> list[dict[str, Any]]:
    """scope: asked (somebody is to call), mine, or all; what is promised first comes first."""
    state = None if scope == "all" else RenewalState.ASKED
    owner = desk.account.id if scope == "mine" else None
    found = renewals.listing(desk.session, state=state, owner_id=owner)
    desk.note("renewals_listed", "renewals", {"count": len(found)})
    names = accounts.names(desk.session)
    return [_line(desk, each, names) for each in found]


@operation(Right.SEE_TO_RENEWALS)
def settle_renewal(desk: Desk, renewal_id: str, state: str, new_policy_no: str, note: str) -> bool:
    """Renewed, with the number of the new policy, or declined."""
    if state == RenewalState.RENEWED and not new_policy_no.strip():
        raise Refused(422, "text_needed")
    renewal = renewals.get(desk.session, renewal_id)
    renewals.settle(
        desk.session,
        renewal,
        RenewalState(state),
        actor=desk.actor,
        note=note[:500],
        new_policy_no=new_policy_no.strip()[:32],
    )
    return True


@operation(Right.SUPERVISE)
def assign_renewal(desk: Desk, renewal_id: str, login: str) -> bool:
    """Somebody else sees to it."""
    renewals.assign(desk.session, renewals.get(desk.session, renewal_id), login, desk.actor)
    return True


def _line(desk: Desk, each: Renewal, names: dict[str, str]) -> dict[str, Any]:
    policy, asked = each.policy, each.state is RenewalState.ASKED
    return {
        "id": each.id,
        "policy": f"{causes.line_name(policy.line)} {policy.number}",
        "ends": each.ends_on.isoformat(),
        "who": person(desk, policy.customer),
        "phone": phone(desk, policy.customer.phone),
        "state": each.state.value,
        "state_name": named("renewal_states", each.state.value),
        "price": money(each.price),
        "checked": "；".join(_item(desk, name, str(value)) for name, value in each.checked.items()),
        "due": when(each.due_at) if asked else "",
        "late": asked and each.due_at is not None and each.due_at < clock.now(),
        "owner": names.get(each.owner_id or "", ""),
        "new_policy_no": each.new_policy_no or "",
        "note": each.note or "",
        "conversation_id": each.conversation_id or "",
    }


def _item(desk: Desk, name: str, value: str) -> str:
    if name == "phone":
        value = phone(desk, value)
    elif name == "use" and value in rules().uses:
        value = rules().uses[value].name
    return f"{named('renewal_items', name)} {value}"
