"""Conversations at the desk: opened, taken over, answered, annotated, passed on, given back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from claims import attachments, casework, conversations, drafts, policies
from claims.handover import ending, notes, ownership, queue
from claims.models import Conversation, Handover, StaffAccount
from claims.reporting.correcting import NotTaken
from claims.staff import Right
from claims.vocabulary import HandoverState, Mode, WrapUp
from desk import draft_facts
from desk.access import Desk
from desk.bubbles import Bubble, customer_of, note_bubble, thread
from desk.cards import Card, cards, customer_card, policy_card
from desk.door import operation
from desk.operations.board import colleague
from desk.problems import Refused
from desk.queue_rows import row_of, who
from desk.shown import when
from desk.wording import named

LONGEST = 2000


@operation(Right.READ_CONVERSATIONS)
def open_talk(desk: Desk, conversation_id: str) -> dict[str, Any]:
    """The thread, who has it, and everything known of the customer and the claims it is about."""
    conversation = conversations.get(desk.session, conversation_id)
    desk.note("conversation_read", f"conversation:{conversation.id}")
    return {**_standing(desk, conversation), "thread": thread(desk.session, conversation), **_about(desk, conversation)}


@operation(Right.READ_CONVERSATIONS, reads=True)
def talk_standing(desk: Desk, conversation_id: str) -> dict[str, Any]:
    """Who has it now; cheap, asked again after every change."""
    return _standing(desk, conversations.get(desk.session, conversation_id))


@operation(Right.READ_CONVERSATIONS)
def recent_talks(desk: Desk) -> list[Card]:
    """Conversations that spoke last, whoever has them: to read along, and to step in."""
    query = select(Conversation).where(Conversation.last_inbound_at.is_not(None))
    found = list(desk.session.scalars(query.order_by(Conversation.last_inbound_at.desc()).limit(60)))
    desk.note("conversations_listed", "conversations", {"count": len(found)})
    return [
        row_of(desk.session, conversation, queue.under_way(desk.session, conversation.id)) for conversation in found
    ]


@operation(Right.WRITE_CONVERSATIONS)
def take_talk(desk: Desk, conversation_id: str) -> dict[str, Any]:
    """The first keystroke. Safe to repeat."""
    ownership.take(desk.session, conversation_id, desk.account)
    return _standing(desk, conversations.get(desk.session, conversation_id))


@operation(Right.WRITE_CONVERSATIONS)
def take_next(desk: Desk) -> str:
    """Take whoever is to be taken next: assigned to oneself first, then by urgency. The conversation's id."""
    waiting = queue.waiting(desk.session)
    mine = [each for each in waiting if each.assigned_id == desk.account.id]
    free = [each for each in waiting if each.assigned_id is None]
    for each in (*mine, *free):
        return ownership.take(desk.session, each.conversation_id, desk.account).conversation_id
    raise Refused(404, "nothing_waits")


@operation(Right.WRITE_CONVERSATIONS)
def say_to_customer(desk: Desk, conversation_id: str, text: str, client_id: str) -> bool:
    """Send words. client_id: the same at every try of one message."""
    if not text.strip():
        raise Refused(422, "text_needed")
    ownership.send(desk.session, conversation_id, desk.account, text.strip()[:LONGEST], client_id=client_id)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def send_file(desk: Desk, conversation_id: str, kept: dict[str, Any]) -> bool:
    """Send a file that lies on disk. kept: what claims.attachments.add takes besides the conversation."""
    attachment = attachments.add(desk.session, conversation_id=conversation_id, **kept)
    ownership.send(desk.session, conversation_id, desk.account, "", attachment_id=attachment.id)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def write_note(desk: Desk, conversation_id: str, text: str) -> Bubble:
    """A private note: it is kept in a table that nothing that sends reads."""
    if not text.strip():
        raise Refused(422, "text_needed")
    conversation = conversations.get(desk.session, conversation_id)
    note = notes.write(desk.session, conversation, desk.account, text.strip()[:LONGEST])
    return note_bubble(note.id, note.text, desk.account.name, note.created_at)


@operation(Right.WRITE_CONVERSATIONS, reads=True)
def draft_fields(desk: Desk, conversation_id: str) -> list[dict[str, Any]]:
    """What can be put right in the open report (desk.draft_facts.fields); empty when there is none."""
    draft = drafts.open_draft(desk.session, conversation_id)
    return draft_facts.fields(draft) if draft is not None else []


@operation(Right.WRITE_CONVERSATIONS)
def hand_back(
    desk: Desk, conversation_id: str, agreed: str, code: str, note: str, typed: dict[str, str] | None = None
) -> bool:
    """Give it back to the bot, with what was agreed and what the conversation came to.

    typed: facts of the open report put right, as typed; an emptied one is asked again. They are judged as the bot
    judges what customers say.
    """
    if code not in {each.value for each in WrapUp}:
        raise Refused(422, "wrap_up_needed")
    try:
        ending.hand_back(
            desk.session,
            conversation_id,
            desk.account,
            agreed=agreed.strip()[:LONGEST],
            facts=draft_facts.read(typed) if typed else None,
            wrap_up=WrapUp(code),
            note=note.strip()[:LONGEST],
        )
    except NotTaken as error:
        raise Refused(422, f"fact_{error.code}", label=named("facts", error.fact)) from error
    return True


@operation(Right.WRITE_CONVERSATIONS)
def pass_on(desk: Desk, conversation_id: str, login: str = "", skill: str = "") -> bool:
    """Pass one's own conversation to a colleague, or back into the queue."""
    ownership.held(desk.session, conversation_id, desk.account)
    to = colleague(desk, login) if login else None
    ownership.transfer(desk.session, conversation_id, desk.account, to=to, skill=skill or None)
    return True


@operation(Right.SUPERVISE)
def assign_talk(desk: Desk, conversation_id: str, login: str) -> bool:
    """A supervisor's choice of who is to take it, or has it from now on."""
    ownership.assign(desk.session, conversation_id, desk.account, colleague(desk, login))
    return True


def _standing(desk: Desk, conversation: Conversation) -> dict[str, Any]:
    handover = queue.under_way(desk.session, conversation.id)
    held = handover is not None and handover.state is HandoverState.HELD
    owner = desk.session.get(StaffAccount, handover.owner_id) if handover is not None and handover.owner_id else None
    return {
        "id": conversation.id,
        "who": who(desk.session, conversation),
        "mode": conversation.mode.value,
        "mine": held and owner is desk.account,
        "owner": owner.name if held and owner is not None else "",
        "waiting": conversation.mode is Mode.QUEUED,
        "reason": named("reasons", handover.reason.value) if handover is not None else "",
        "summary": handover.summary if handover is not None else _last_summary(desk, conversation),
        "channel": named("channels", conversation.channel),
        "customer_at": when(conversation.last_inbound_at),
    }


def _last_summary(desk: Desk, conversation: Conversation) -> str:
    query = select(Handover).where(Handover.conversation_id == conversation.id).order_by(Handover.opened_at.desc())
    last = desk.session.scalars(query.limit(1)).first()
    return last.summary if last is not None else ""


def _about(desk: Desk, conversation: Conversation) -> dict[str, Any]:
    customer = customer_of(desk.session, conversation)
    about = casework.claims_of(desk.session, customer.id) if customer is not None else []
    known = {claim.id for claim in about}
    about += [c for c in casework.in_conversation(desk.session, conversation.id) if c.id not in known]
    draft = drafts.open_draft(desk.session, conversation.id)
    own = policies.policies_of(desk.session, customer.id) if customer is not None else []
    return {
        "customer": customer_card(desk, customer) if customer is not None else None,
        "claims": cards(desk, about[:5]),
        "policies": [policy_card(desk, policy) for policy in own],
        "draft": draft_facts.shown(draft) if draft is not None else [],
    }
