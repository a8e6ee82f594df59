"""One paragraph for the agent, from what the database knows: who, which claim, what was tried, what is open."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import casework, clock, drafts, identity, lifecycle, masking
from claims.contacts import PHONE_CHANNELS
from claims.handover.wording import channel, part, reason, tried
from claims.models import Claim, Complaint, Conversation, Draft, Message, Reply
from claims.reporting import summary as reported
from claims.rules import causes, questions
from claims.rules.service_levels import expected
from claims.vocabulary import Author, ClaimState, ComplaintState, HandoverReason

LABELS = {
    "policy": "保单",
    "line": "险种",
    "incident_time": "时间",
    "location": "地点",
    "cause": "原因",
    "description": "经过",
    "injured_count": "受伤人数",
    "third_party": "是否涉及第三方",
    "police_reported": "是否报警",
    "loss_estimate": "预估损失",
    "contact_phone": "联系电话",
}
RECENT = 40
QUOTED = 60


def write(session: Session, conversation: Conversation, why: HandoverReason) -> str:
    """The paragraph. Personal data of a customer who has not proven who they are is masked."""
    return "".join(
        [
            _who(session, conversation),
            part("reason", reason=reason(why.value)),
            _claims(session, conversation),
            _draft(session, conversation),
            _complaints(session, conversation),
            _tried(session, conversation),
            _last(session, conversation),
        ]
    )


def _who(session: Session, conversation: Conversation) -> str:
    where = channel(conversation.channel)
    customer = identity.proven_customer(session, conversation)
    if customer is None:
        address = masking.phone(conversation.address or "") if conversation.channel in PHONE_CHANNELS else ""
        return part("who_unproven", channel=where, address=f" {address}" if address else "")
    name = customer.contact_name or customer.name or masking.phone(customer.phone)
    return part("who_bound" if conversation.bound_customer_id else "who_proven", name=name, channel=where)


def claims_about(session: Session, conversation: Conversation) -> list[Claim]:
    """The claims a conversation may be about, the likeliest first: open ones before ended ones."""
    found = casework.visible(session, conversation) or casework.in_conversation(session, conversation.id)
    return sorted(found, key=lambda claim: claim.state in lifecycle.ENDED)


def _claims(session: Session, conversation: Conversation) -> str:
    found = claims_about(session, conversation)
    if not found:
        return part("no_claim")
    first = found[0]
    accepted = lifecycle.entered(first, ClaimState.ACCEPTED)
    then = expected(first.state, first.state_since, first.line, accepted_at=accepted)
    told = part(
        "claim",
        number=first.number,
        line=causes.line_name(first.line),
        cause=causes.cause_name(first.cause, first.line) if first.cause else "",
        state=lifecycle.STATE_NAMES[first.state],
        about=then.next_step,
    )
    return told + (part("claims_more", count=len(found) - 1) if len(found) > 1 else "")


def _draft(session: Session, conversation: Conversation) -> str:
    draft = drafts.open_draft(session, conversation.id)
    if draft is None:
        return ""
    hurt = part("hurt") if (draft.flags or {}).get("someone_hurt") else ""
    known = _known(draft)
    missing = _missing(draft)
    if not known:
        return part("draft_empty", missing=missing) + hurt
    return part("draft" if missing else "draft_confirm", facts=known, missing=missing) + hurt


def _known(draft: Draft) -> str:
    facts = drafts.facts(draft)
    told = []
    for item in reported.items(facts):
        value = getattr(facts, item.fact)
        match item.fact:
            case "line":
                told.append(causes.line_name(value))
            case "cause":
                told.append(causes.cause_name(value, facts.line))
            case "incident_time":
                told.append(f"{clock.local(value):%m月%d日 %H:%M}")
            case "contact_phone":
                told.append(f"电话 {masking.phone(value)}")
            case "policy":
                told.append(f"保单尾号 {masking.tail(value)}" if value != "unknown" else "保单待核实")
            case "location":
                told.append(str(value))
            case "injured_count":
                told.append(f"{value} 人受伤" if value else "无人受伤")
            case "loss_estimate":
                told.append(f"损失约 {value:.0f} 元")
    return "、".join(told)


def _missing(draft: Draft) -> str:
    skipped = frozenset((draft.flags or {}).get("skipped", ()))
    names = [name for name in questions.missing(questions.implied(drafts.facts(draft))) if name not in skipped]
    return "、".join(LABELS[name] for name in names)


def _complaints(session: Session, conversation: Conversation) -> str:
    names = {ComplaintState.OPEN: "待答复", ComplaintState.ANSWERED: "已答复", ComplaintState.MEDIATION: "调解中"}
    found = session.scalars(
        select(Complaint)
        .where(Complaint.conversation_id == conversation.id, Complaint.state != ComplaintState.CLOSED)
        .order_by(Complaint.created_at)
    )
    return "".join(
        part("complaint", number=each.number, state=names[each.state], due=f"{clock.local(each.due_at):%m月%d日}")
        for each in found
    )


def _tried(session: Session, conversation: Conversation) -> str:
    recent = (
        select(Message.id)
        .where(Message.conversation_id == conversation.id, Message.author == Author.CUSTOMER)
        .order_by(Message.id.desc())
        .limit(RECENT)
    )
    ids = [str(each) for each in session.scalars(recent)]
    actions = session.scalars(select(Reply.action).where(Reply.message_id.in_(ids)).order_by(Reply.created_at))
    done = list(dict.fromkeys(name for action in actions if (name := tried(action)) is not None))
    return part("tried", done="、".join(done)) if done else part("tried_nothing")


def _last(session: Session, conversation: Conversation) -> str:
    last = session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.author == Author.CUSTOMER,
            Message.attachment_id.is_(None),
        )
        .order_by(Message.id.desc())
        .limit(1)
    ).first()
    text = masking.text(last.text.strip()) if last is not None else ""
    return part("last", text=text[:QUOTED] + ("…" if len(text) > QUOTED else "")) if text else ""
