"""The supervisors' board: figures of now and of today, who is at the desk, and who has what."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import Any

from claims import accounts, clock, logins
from claims.errors import NotFound
from claims.handover import callbacks, presence, queue
from claims.handover.figures import figures
from claims.models import Conversation, Handover, StaffAccount
from claims.staff import RIGHTS, Right
from claims.vocabulary import CallbackState
from desk.access import Desk
from desk.door import operation
from desk.queue_rows import Row, row_of
from desk.shown import phone, span, when
from desk.wording import named


@operation(Right.SUPERVISE, reads=True)
def board(desk: Desk) -> dict[str, Any]:
    """Figures since midnight in Shanghai, the queue, what is held, and colleagues with their load."""
    start = datetime.combine(clock.today(), time(0), clock.SHANGHAI)
    now = figures(desk.session, start)
    waiting, held = queue.waiting(desk.session), queue.held(desk.session)
    names = accounts.names(desk.session)
    load = Counter(each.owner_id for each in held)
    return {
        "tiles": [
            ("waiting", str(now.waiting), "warn" if now.waiting else ""),
            ("longest_wait", span(now.longest_wait) if now.waiting else "–", ""),
            ("held", str(now.held), ""),
            ("handled", str(now.handled), ""),
            ("first_response", span(now.first_response_median), ""),
            ("handling", span(now.handling_mean), ""),
            ("breaches", str(now.breaches), "bad" if now.breaches else ""),
            ("left", str(now.left), ""),
            ("callbacks", f"{now.callbacks_open}", "bad" if now.callbacks_overdue else ""),
            ("complaints", f"{now.complaints_open}", "bad" if now.complaints_overdue else ""),
        ],
        "reasons": [(named("reasons", reason), count) for reason, count in sorted(now.reasons.items())],
        "waiting": [_row(desk, each) for each in waiting],
        "held": [{**_row(desk, each), "owner": names.get(each.owner_id or "", "")} for each in held],
        "people": [
            {
                "login": each.account.login,
                "name": each.account.name,
                "role": named("roles", each.account.role.value),
                "presence": each.presence.value,
                "since": when(each.since)[11:],
                "load": load[each.account.id],
                "handled": now.by_agent.get(each.account.id, 0),
            }
            for each in presence.colleagues(desk.session)
        ],
    }


@operation(Right.WRITE_CONVERSATIONS, reads=True)
def colleagues(desk: Desk) -> dict[str, str]:
    """Login → name and presence of those who may have conversations, without oneself."""
    there = {each.account.id: each.presence.value for each in presence.colleagues(desk.session)}
    return {
        account.login: f"{account.name}（{named('presences', there.get(account.id, 'offline'))}）"
        for account in accounts.listing(desk.session)
        if account.active and Right.WRITE_CONVERSATIONS in RIGHTS[account.role] and account.id != desk.account.id
    }


def colleague(desk: Desk, login: str) -> StaffAccount:
    """Somebody who may have conversations. NotFound for anybody else."""
    account = logins.find(desk.session, login)
    if not account.active or Right.WRITE_CONVERSATIONS not in RIGHTS[account.role]:
        raise NotFound("no such colleague")
    return account


@operation(Right.WRITE_CONVERSATIONS)
def list_callbacks(desk: Desk) -> list[dict[str, Any]]:
    """Callbacks that are still to be made, the earliest first."""
    found = callbacks.listing(desk.session, state=CallbackState.OPEN)
    desk.note("callbacks_listed", "callbacks", {"count": len(found)})
    return [
        {
            "id": each.id,
            "conversation_id": each.conversation_id,
            "phone": phone(desk, each.phone),
            "due": when(each.due_at),
            "late": each.due_at is not None and each.due_at < clock.now(),
        }
        for each in found
    ]


@operation(Right.WRITE_CONVERSATIONS)
def settle_callback(desk: Desk, callback_id: str, state: str, note: str = "") -> bool:
    """The call was made, or nobody took it: done, not_reached, cancelled."""
    booking = callbacks.get(desk.session, callback_id)
    callbacks.settle(desk.session, booking, desk.account, CallbackState(state), note.strip()[:2000])
    return True


def _row(desk: Desk, handover: Handover) -> Row:
    return row_of(desk.session, desk.session.get_one(Conversation, handover.conversation_id), handover)
