"""One turn of a conversation, as an action sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from sqlalchemy.orm import Session

from claims import conversations, identity, turns
from claims.clock import now as clock_now
from claims.models import Conversation, Message
from claims.reporting.heard import Heard

Reply = dict[str, Any]


@dataclass(slots=True)
class Turn:
    """What was said, who said it, and the replies so far. Everything happens in one transaction of `session`.

    earlier holds the replies of actions that ran before this one for the same message.
    """

    session: Session
    conversation: Conversation
    message: Message | None
    heard: Heard
    ranking: list[dict[str, Any]]
    domain: dict[str, Any]
    earlier: list[Reply] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @classmethod
    def read(cls, session: Session, tracker: Tracker, domain: dict[str, Any]) -> Turn:
        """Read the turn from the tracker; identity and state come from the database, never from a slot."""
        latest = tracker.latest_message
        metadata = latest.get("metadata") or {}
        conversation = conversations.get(session, tracker.sender_id)
        message = conversations.message(session, metadata.get("message_id"))
        values: dict[str, list[Any]] = {}
        told: dict[str, list[Any]] = {}
        for entity in latest.get("entities") or []:
            for kept in (values, told) if entity.get("told") else (values,):
                kept.setdefault(entity["entity"], []).append(entity["value"])
        said_at = metadata.get("now")
        heard = Heard(
            # The customer's own words, not the simplified form that the engine reads.
            text=message.text if message is not None else latest.get("text") or "",
            intent=(latest.get("intent") or {}).get("name") or "",
            now=datetime.fromisoformat(said_at) if said_at else clock_now(),
            values=values,
            told=told,
            awaiting=metadata.get("awaiting"),
        )
        earlier = [
            reply
            for outcome in turns.of_message(session, metadata.get("message_id") or "")
            for reply in outcome["replies"]
        ]
        return cls(session, conversation, message, heard, latest.get("intent_ranking") or [], domain, earlier)

    def say(
        self, response: str, *, awaiting: str | None = None, buttons: list[dict[str, str]] | None = None, **values: Any
    ) -> None:
        """Reply with a response of domain.yml; `awaiting` names what it asks for."""
        reply: Reply = {"response": response, **values}
        if buttons:
            reply["buttons"] = buttons
        if awaiting:
            reply["json_message"] = {"awaiting": awaiting}
        self.replies.append(reply)

    @property
    def message_id(self) -> int | None:
        """Number of the customer's message that this turn answers."""
        return self.message.id if self.message is not None else None

    @property
    def customer_id(self) -> str | None:
        """The customer this conversation has proven to be, as long as the proof lasts."""
        customer = identity.proven_customer(self.session, self.conversation)
        return customer.id if customer is not None else None

    @property
    def awaiting(self) -> str | None:
        """What the last reply of the turn asks for."""
        said = [*self.earlier, *self.replies]
        return (said[-1].get("json_message") or {}).get("awaiting") if said else None
