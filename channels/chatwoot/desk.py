"""What agents do in Chatwoot, done here: they take a conversation by writing, and give it back by its status."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.chatwoot.parse import CHANNEL, Event
from claims import conversations
from claims.handover import outside
from claims.models import Message, StaffAccount
from claims.vocabulary import InboundState, Mode, Role


def act(session: Session, event: Event, new_messages: list[int]) -> None:
    """Follow one event. new_messages: the customer's, stored with it just now. Safe to repeat."""
    conversation = conversations.by_address(session, CHANNEL, event.conversation) if event.conversation else None
    if conversation is None:
        return
    if event.what == "agent":
        account = _account(session, *event.agent)
        outside.wrote(session, conversation, account, event.text, message_id=f"m{event.message}")
    elif event.what == "resolved" or (event.status == "pending" and conversation.mode is Mode.AGENT):
        outside.gave_back(session, conversation)
        for number in new_messages:
            # It came for an agent who has given the conversation back: it is the bot's to answer.
            session.get_one(Message, number).state = InboundState.RECEIVED


def _account(session: Session, number: str, name: str) -> StaffAccount:
    """The account that stands for an agent of Chatwoot: it has no token, and cannot sign in here."""
    login = f"{CHANNEL}:{number}"
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login))
    if account is None:
        account = StaffAccount(login=login, name=name[:80] or login, role=Role.AGENT)
        session.add(account)
        session.flush()
    return account
