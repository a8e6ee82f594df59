"""Who has a conversation: every change of hands is one conditional write, so that there is one owner at any time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from claims import attachments, audit, clock, conversations
from claims.conversations import OutgoingMessage
from claims.errors import BadInput, OwnedByOther
from claims.handover import links, queue, summary
from claims.handover.telling import tell
from claims.handover.wording import told
from claims.models import Conversation, Handover, Message, StaffAccount
from claims.vocabulary import Author, HandoverReason, HandoverState, Mode, Priority


def take(session: Session, conversation_id: str, account: StaffAccount, *, quiet: bool = False) -> Handover:
    """Take a conversation, as the first keystroke does. Safe to repeat: whoever has it keeps it, and is seen typing.

    OwnedByOther when a colleague has it. A conversation that nobody asked a person for may be taken too. quiet: the
    customer sees who writes without being told.
    """
    conversation = locked(session, conversation_id)
    handover = queue.under_way(session, conversation_id)
    if conversation.mode is Mode.AGENT and handover is not None:
        _mine(session, handover, account)
        handover.agent_at = clock.now()
        session.flush()
        return handover
    if handover is None:
        handover = _stepped_in(session, conversation)
    _change(session, conversation, Mode.AGENT, handover, account)
    handover.state, handover.owner_id, handover.assigned_id = HandoverState.HELD, account.id, None
    handover.taken_at = handover.agent_at = clock.now()
    session.flush()
    if not quiet:
        tell(session, conversation, "taken", name=account.name)
    audit.record(session, account.login, "handover_taken", f"handover:{handover.id}", _of(conversation))
    return handover


def send(
    session: Session,
    conversation_id: str,
    account: StaffAccount,
    text: str,
    *,
    attachment_id: str | None = None,
    client_id: str | None = None,
) -> Message:
    """Say something to the customer; takes the conversation first if nobody has it. OwnedByOther when a colleague does.

    client_id: the same at every try of one message, which is then stored once.
    """
    if not text.strip() and attachment_id is None:
        raise BadInput("a message needs words or a file")
    handover = take(session, conversation_id, account)
    conversation = conversations.get(session, conversation_id)
    outgoing = OutgoingMessage(
        _with_link(session, conversation, text.strip(), attachment_id),
        author=Author.AGENT,
        attachment_id=attachment_id,
        staff_id=account.id,
        provider_id=f"staff:{account.id}:{client_id}" if client_id else None,
    )
    message = conversations.put(session, conversation, outgoing)
    if handover.first_response_at is None:
        handover.first_response_at = message.created_at
    session.flush()
    audit.record(session, account.login, "agent_message", f"conversation:{conversation_id}", {"message": message.id})
    return message


def note_said(
    session: Session, conversation: Conversation, account: StaffAccount, text: str, *, provider_id: str
) -> Message:
    """Words of the owner that have reached the customer by another way: kept in the transcript once, sent nowhere."""
    said = OutgoingMessage(text, author=Author.AGENT, staff_id=account.id, provider_id=provider_id)
    message = conversations.put(session, conversation, said, leaves=False)
    handover = queue.under_way(session, conversation.id)
    if handover is not None:
        handover.agent_at = message.created_at
        handover.first_response_at = handover.first_response_at or message.created_at
    session.flush()
    return message


def transfer(
    session: Session,
    conversation_id: str,
    by: StaffAccount,
    *,
    to: StaffAccount | None = None,
    skill: str | None = None,
    quiet: bool = False,
) -> Handover:
    """Pass a conversation on: to a colleague, who has it at once, or back into the queue, for a skill if one is named.

    Whoever has it may do so, or whoever may assign: the caller checks that. BadInput when no agent has it.
    """
    conversation, handover = _held(session, conversation_id)
    before = handover.owner_id
    if to is not None:
        _change(session, conversation, Mode.AGENT, handover, to)
        handover.owner_id, handover.agent_at = to.id, clock.now()
        if not quiet:
            tell(session, conversation, "transferred", name=to.name)
    else:
        _change(session, conversation, Mode.QUEUED, handover, None)
        handover.state, handover.owner_id, handover.skill = HandoverState.WAITING, None, skill or handover.skill
        tell(session, conversation, "transferred_queue")
    session.flush()
    note = {**_of(conversation), "from": before, "to": to.id if to is not None else None, "skill": handover.skill}
    audit.record(session, by.login, "handover_transferred", f"handover:{handover.id}", note)
    return handover


def assign(session: Session, conversation_id: str, by: StaffAccount, to: StaffAccount) -> Handover:
    """A supervisor's choice: who is to take one that waits, or who has one that is held. BadInput when neither."""
    locked(session, conversation_id)
    handover = queue.under_way(session, conversation_id)
    if handover is None:
        raise BadInput("nobody waits in this conversation, and nobody has it")
    if handover.state is HandoverState.HELD:
        return transfer(session, conversation_id, by, to=to)
    handover.assigned_id = to.id
    session.flush()
    audit.record(session, by.login, "handover_assigned", f"handover:{handover.id}", {"to": to.id})
    return handover


def requeue(session: Session, handover: Handover) -> bool:
    """The owner does not answer: back to the front of the queue, with an apology. False when it is held no longer."""
    conversation = locked(session, handover.conversation_id)
    session.refresh(handover)
    if handover.state is not HandoverState.HELD:
        return False
    before = handover.owner_id
    _change(session, conversation, Mode.QUEUED, handover, None)
    handover.state, handover.owner_id = HandoverState.WAITING, None
    if handover.priority is Priority.NORMAL:
        handover.priority = Priority.HIGH
    session.flush()
    tell(session, conversation, "requeued")
    audit.record(session, "system", "handover_requeued", f"handover:{handover.id}", {"from": before})
    return True


def may_bot_speak(conversation: Conversation) -> bool:
    """Whether the bot may say something of its own accord: not while an agent has the conversation."""
    return conversation.mode is not Mode.AGENT


def locked(session: Session, conversation_id: str) -> Conversation:
    """The conversation as it is now, locked until the transaction ends. NotFound when there is none."""
    conversation = conversations.get(session, conversation_id)
    session.flush()
    conversations.hold_order(session, conversation_id)
    session.refresh(conversation)
    return conversation


def held(session: Session, conversation_id: str, account: StaffAccount) -> tuple[Conversation, Handover]:
    """The conversation, locked, with the hand-over by which `account` has it. OwnedByOther, or BadInput when no agent
    has it."""
    conversation, handover = _held(session, conversation_id)
    _mine(session, handover, account)
    return conversation, handover


def end(session: Session, conversation: Conversation, handover: Handover, state: HandoverState) -> None:
    """A hand-over that is held is over, and the bot has the conversation again."""
    _change(session, conversation, Mode.BOT, handover, None)
    handover.state, handover.ended_at = state, clock.now()
    session.flush()


def _held(session: Session, conversation_id: str) -> tuple[Conversation, Handover]:
    conversation = locked(session, conversation_id)
    handover = queue.under_way(session, conversation_id)
    if handover is None or handover.state is not HandoverState.HELD:
        raise BadInput("no agent has this conversation")
    return conversation, handover


def _with_link(session: Session, conversation: Conversation, text: str, attachment_id: str | None) -> str:
    """On a channel that pushes, a file is a link that opens for some days; the web page shows the file itself."""
    if attachment_id is None:
        return text
    attachment = attachments.get(session, conversation.id, attachment_id)
    if not conversation.pushed:
        return text
    name = attachment.original_name or told("file")
    link = told("attachment", conversation.script, name=name, url=links.to_file(attachment.id))
    return f"{text}\n{link}".strip()


def _mine(session: Session, handover: Handover, account: StaffAccount) -> None:
    if handover.owner_id == account.id:
        return
    owner = session.get(StaffAccount, handover.owner_id) if handover.owner_id is not None else None
    raise OwnedByOther(owner.name if owner is not None else "")


def _stepped_in(session: Session, conversation: Conversation) -> Handover:
    handover = Handover(
        conversation_id=conversation.id,
        reason=HandoverReason.TAKEN,
        priority=Priority.NORMAL,
        summary=summary.write(session, conversation, HandoverReason.TAKEN),
        opened_at=clock.now(),
    )
    session.add(handover)
    return handover


def _change(
    session: Session, conversation: Conversation, to: Mode, handover: Handover, owner: StaffAccount | None
) -> None:
    """The conditional write. The row is locked, so that it fails only where somebody wrote past the lock."""
    session.refresh(conversation, ["mode", "version"])
    if not conversations.change_mode(session, conversation, to, version=conversation.version):
        raise OwnedByOther("")


def _of(conversation: Conversation) -> dict[str, object]:
    return {"conversation": conversation.id, "version": conversation.version}
