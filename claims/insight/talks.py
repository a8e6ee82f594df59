"""What conversations came to: held by the bot alone or handed to a person, and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.insight.figures import Count, Rows, Share
from claims.insight.month import Month
from claims.insight.querying import grouped, within
from claims.models import Conversation, Message, ServiceRequest
from claims.vocabulary import Author

PERSON_WANTED = ("human", "complaint")


@dataclass(frozen=True, slots=True)
class Talks:
    """contained: of the conversations in which a customer wrote in the month, those that needed no person."""

    contained: Share
    by_channel: dict[str, Count]
    escalations: dict[str, Count]


def talks(session: Session, month: Month) -> Talks:
    """Conversations by their customers' messages in the month."""
    wrote = select(Message.conversation_id).where(Message.author == Author.CUSTOMER, within(Message.created_at, month))
    query = select(Conversation.id, Conversation.channel).where(Conversation.id.in_(wrote)).order_by(Conversation.id)
    held = session.execute(query).all()
    reasons = _escalations(session, month)
    needed = {conversation_id for found in reasons.values() for _, conversation_id in found} | _with_agents(
        session, month
    )
    channels = grouped(held, lambda row: row.channel)
    return Talks(
        contained=Share(
            "contained",
            Rows.of("conversations", (row.id for row in held if row.id not in needed)),
            Rows.of("conversations", (row.id for row in held)),
        ),
        by_channel={
            channel: Count(f"talks_{channel}", Rows.of("conversations", (row.id for row in found)))
            for channel, found in sorted(channels.items())
        },
        escalations={
            reason: Count(f"escalated_{reason}", Rows.of("service_requests", (each for each, _ in found)))
            for reason, found in sorted(reasons.items())
        },
    )


def _escalations(session: Session, month: Month) -> dict[str, list[tuple[str, str | None]]]:
    """(id, conversation) of what asked for a person, by reason."""
    query = select(ServiceRequest).where(
        ServiceRequest.kind.in_(PERSON_WANTED), within(ServiceRequest.created_at, month)
    )
    found = list(session.scalars(query.order_by(ServiceRequest.created_at, ServiceRequest.id)))
    return {
        kind: [(each.id, each.conversation_id) for each in rows]
        for kind, rows in grouped(found, lambda each: each.kind).items()
    }


def _with_agents(session: Session, month: Month) -> set[str]:
    spoke = select(Message.conversation_id).where(Message.author == Author.AGENT, within(Message.created_at, month))
    return set(session.scalars(spoke.distinct()))
