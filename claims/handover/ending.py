"""The end of a hand-over: given back to the bot with what was agreed, or closed because the customer fell silent."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from claims import audit, clock, drafts
from claims.facts import Facts
from claims.handover import callbacks, queue
from claims.handover.ownership import end, held, locked
from claims.handover.telling import tell
from claims.models import Conversation, Handover, Message, StaffAccount
from claims.reporting import correcting
from claims.vocabulary import HandoverState, InboundKind, InboundState, Mode, WrapUp

RESUME = "/agent_done"
"""What the bot is set to after a hand-back; the message that tells the customer of it carries it."""


def hand_back(
    session: Session,
    conversation_id: str,
    account: StaffAccount,
    *,
    agreed: str = "",
    facts: dict[str, Any] | None = None,
    wrap_up: WrapUp | None = None,
    note: str = "",
) -> Handover:
    """Give the conversation back to the bot, which says what was agreed and asks exactly the open item of the report.

    facts: JSON values (Facts.to_json) that the agent corrected in the open report, None for one that is not known.
    OwnedByOther when a colleague has the conversation, BadInput for a value that is none, NotTaken (claims.reporting.
    correcting) for one that the bot would not take either.
    """
    conversation, handover = held(session, conversation_id, account)
    if facts:
        correct(session, conversation, account, facts)
    elif (draft := drafts.open_draft(session, conversation.id)) is not None:
        # What was not understood before the agent came is no reason to send for one at the next question.
        drafts.save(session, draft, drafts.facts(draft), asked=draft.asked, misses=0)
    handover.agreed = agreed.strip() or None
    if wrap_up is not None:
        handover.wrap_up, handover.wrap_up_note = wrap_up, note.strip() or None
    end(session, conversation, handover, HandoverState.HANDED_BACK)
    set_bot_to_it(session, tell(session, conversation, "handed_back_named", name=account.name))
    detail = {"conversation": conversation.id, "version": conversation.version, "facts": sorted(facts or {})}
    audit.record(session, account.login, "handover_handed_back", f"handover:{handover.id}", detail)
    return handover


def correct(session: Session, conversation: Conversation, account: StaffAccount, facts: dict[str, Any]) -> Facts:
    """Write facts into the open report (one is begun if there is none). BadInput for a value that is none."""
    draft = drafts.open_draft(session, conversation.id) or drafts.start(session, conversation.id)
    known = correcting.correct(session, draft, facts)
    audit.record(session, account.login, "draft_corrected", f"draft:{draft.id}", {"facts": sorted(facts)})
    return known


def wrap_up(session: Session, handover: Handover, account: StaffAccount, code: WrapUp, note: str = "") -> None:
    """What the conversation came to; may be said, or changed, after its end."""
    handover.wrap_up, handover.wrap_up_note = code, note.strip() or None
    session.flush()
    audit.record(session, account.login, "handover_wrapped_up", f"handover:{handover.id}", {"code": code.value})


def close_silent(session: Session, handover: Handover) -> bool:
    """The customer has not written for a while: ended with a word, back to the bot. False when it is held no longer."""
    conversation = locked(session, handover.conversation_id)
    session.refresh(handover)
    if handover.state is not HandoverState.HELD or conversation.mode is not Mode.AGENT:
        return False
    end(session, conversation, handover, HandoverState.CLOSED)
    handover.wrap_up = handover.wrap_up or WrapUp.NOT_REACHED
    tell(session, conversation, "customer_silent")
    audit.record(session, "system", "handover_closed_silent", f"handover:{handover.id}")
    return True


def talked(session: Session, conversation: Conversation) -> None:
    """Customer and staff have talked on the telephone: the hand-over is over, and nobody need call back."""
    conversation = locked(session, conversation.id)
    handover = queue.under_way(session, conversation.id)
    if handover is not None:
        handover.taken_at = handover.first_response_at = handover.taken_at or clock.now()
        end(session, conversation, handover, HandoverState.HANDED_BACK)
        audit.record(session, "voice", "handover_talked", f"handover:{handover.id}")
    booking = callbacks.open_booking(session, conversation.id)
    if booking is not None:
        callbacks.withdraw(session, booking)


def set_bot_to_it(session: Session, message: Message) -> None:
    """Let this notice of ours be a message that the bot answers: the gateway takes it up as it does a customer's."""
    message.buttons = [{"title": "", "payload": RESUME}]
    message.kind, message.is_payload, message.state = InboundKind.EVENT, True, InboundState.RECEIVED
    session.flush()
