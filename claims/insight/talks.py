"""What conversations came to: held by the bot alone or handed to a person, and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.insight.figures import Count, Rows, Share
from claims.insight.month import Month
from claims.insight.querying import grouped, within
from claims.models import Conversation, Handover, Message
from claims.vocabulary import Author, HandoverReason


@dataclass(frozen=True, slots=True)
class Talks:
    """contained: of the conversations in which a customer wrote in the month, those that needed no person. escalations:
    hand-overs by their reason, the most frequent first."""

    contained: Share
    by_channel: dict[str, Count]
    escalations: dict[HandoverReason, Count]


def talks(session: Session, month: Month) -> Talks:
    """Conversations by their customers' messages in the month, hand-overs by when they were opened."""
    wrote = select(Message.conversation_id).where(Message.author == Author.CUSTOMER, within(Message.created_at, month))
    query = select(Conversation.id, Conversation.channel).where(Conversation.id.in_(wrote)).order_by(Conversation.id)
    held = session.execute(query).all()
    opened = session.execute(
        select(Handover.id, Handover.reason, Handover.conversation_id)
        .where(within(Handover.opened_at, month))
        .order_by(Handover.opened_at, Handover.id)
    ).all()
    needed = {row.conversation_id for row in opened} | _with_agents(session, month)
    channels = grouped(held, lambda row: row.channel)
    reasons = sorted(grouped(opened, lambda row: row.reason).items(), key=lambda item: (-len(item[1]), item[0]))
    return Talks(
        contained=Share(
            "contained",
            Rows.of("conversations", (row.id for row in held if row.id not in needed)),
            Rows.of("conversations", (row.id for row in held)),
        ),
        by_channel={
            channel: Count(f"talks_{channel}", Rows.of("conversations", (row.id for row in found)))
            for channel, found in sorted(channels.items(), key=lambda item: (-len(item[1]), item[0]))
        },
        escalations={
            reason: Count(f"escalated_{reason}", Rows.of("handovers", (row.id for row in found)))
            for reason, found in reasons
        },
    )


def _with_agents(session: Session, month: Month) -> set[str]:
    """Where an agent wrote without a hand-over of this month: one that began before it."""
    spoke = select(Message.conversation_id).where(Message.author == Author.AGENT, within(Message.created_at, month))
    return set(session.scalars(spoke.distinct()))
