"""What stands in the database afterwards, without a customer's words: nothing of it has to be decrypted."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, inspect, select

from claims.database import engine_for, unit_of_work
from claims.models import Message, OutboxItem
from claims.vocabulary import Author, InboundState, OutboxState


@dataclass(frozen=True, slots=True)
class Books:
    """inbound: messages of customers. unanswered: those still waiting. outbox: rows in each state that occurs."""

    inbound: int = 0
    unanswered: int = 0
    outbox: dict[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """What is still to be done."""
        return self.unanswered + self.outbox.get(OutboxState.PENDING, 0)


def read(database_url: str) -> Books:
    """As they are now."""
    with unit_of_work(database_url, read_only=True) as unit:
        count = select(func.count()).select_from(Message)
        states = unit.session.execute(select(OutboxItem.state, func.count()).group_by(OutboxItem.state))
        return Books(
            unit.session.scalar(count.where(Message.author == Author.CUSTOMER)) or 0,
            unit.session.scalar(count.where(Message.state.not_in([InboundState.ANSWERED]))) or 0,
            {state.value: number for state, number in states},
        )


def is_empty(database_url: str) -> bool:
    """Whether nobody has made a table there."""
    return not inspect(engine_for(database_url)).get_table_names()
