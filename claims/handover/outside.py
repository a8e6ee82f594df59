"""Conversations whose agents sit at another desk (Chatwoot): told through the outbox, followed by what comes back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from claims import audit, outbox
from claims.handover import ownership, queue
from claims.models import Conversation, Handover, Message, StaffAccount
from claims.vocabulary import HandoverState, Mode

CHANNELS = frozenset({"chatwoot"})
HANDED_OVER, HANDED_IN = "handed_over", "handed_in"
"""Purposes of outbox items that move a conversation to the agents (with the summary) and back to the bot."""


def is_outside(conversation: Conversation) -> bool:
    """Whether its agents sit elsewhere: then ours are no matter, nor the hours of our desk."""
    return conversation.channel in CHANNELS


def hand_over(session: Session, conversation: Conversation, handover: Handover) -> None:
    """Tell the other desk that somebody is needed, in the transaction in which it became so."""
    outbox.enqueue_for_desk(session, conversation, HANDED_OVER, handover.summary, f"{HANDED_OVER}:{handover.id}")


def hand_in(session: Session, conversation: Conversation, handover: Handover) -> None:
    """Tell the other desk that nobody is needed any more."""
    outbox.enqueue_for_desk(session, conversation, HANDED_IN, "", f"{HANDED_IN}:{handover.id}")


def wrote(
    session: Session, conversation: Conversation, account: StaffAccount, text: str, *, message_id: str
) -> Message:
    """An agent of the other desk wrote: the conversation is theirs from now on, and the words stand in the transcript.
    They have reached the customer already, so nothing leaves."""
    ownership.locked(session, conversation.id)
    if (handover := queue.under_way(session, conversation.id)) is not None and handover.state is HandoverState.HELD:
        if handover.owner_id != account.id:
            ownership.transfer(session, conversation.id, account, to=account, quiet=True)
    else:
        ownership.take(session, conversation.id, account, quiet=True)
    return ownership.note_said(session, conversation, account, text, provider_id=f"{conversation.id}:{message_id}")


def gave_back(session: Session, conversation: Conversation) -> bool:
    """The other desk is done: the bot has the conversation again, and says nothing before the customer does. False when
    nobody there had it, or waited for."""
    ownership.locked(session, conversation.id)
    handover = queue.under_way(session, conversation.id)
    if handover is None or conversation.mode is Mode.BOT:
        return False
    ownership.end(session, conversation, handover, HandoverState.HANDED_BACK)
    audit.record(session, "outside", "handover_handed_back", f"handover:{handover.id}")
    return True
