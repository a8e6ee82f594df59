"""Providers count what all our gateways send together: each takes its places in one line, kept in the database."""

from __future__ import annotations

from sqlalchemy import case
from sqlalchemy.orm import Session

from claims import clock
from claims.models import ProviderPace
from claims.upsert import insert_into


def places(session: Session, channel: str, count: int, per_second: float) -> list[float]:
    """Take the next `count` places of this channel's line, in this transaction: when each may be sent (Unix time,
    seconds), a message apart. Places of a gateway that dies stay empty."""
    gap, now = 1 / per_second, clock.now().timestamp()
    line = ProviderPace.__table__.c
    begin = case((line.free_at > now, line.free_at), else_=now)
    end: float = session.execute(
        insert_into(session, ProviderPace)
        .values(channel=channel, free_at=now + count * gap)
        .on_conflict_do_update(index_elements=["channel"], set_={"free_at": begin + count * gap})
        .returning(line.free_at)
    ).scalar_one()
    return [end - (count - number) * gap for number in range(count)]
