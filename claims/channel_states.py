"""Which channels can send just now, as the gateways say: whoever plans a message need not guess."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import ChannelState
from claims.upsert import insert_into

SAID_EVERY = timedelta(minutes=1)
TRUSTED_FOR = timedelta(minutes=10)
"""A gateway that has been silent for longer is down; what is due waits until it is back."""


def say(session: Session, channels: dict[str, bool]) -> None:
    """These channels can send. channel → whether also to a customer who has been silent for long."""
    for channel, beyond_window in channels.items():
        seen = {"beyond_window": beyond_window, "seen_at": clock.now()}
        session.execute(
            insert_into(session, ChannelState)
            .values(channel=channel, **seen)
            .on_conflict_do_update(index_elements=["channel"], set_=seen)
        )


def on(session: Session) -> dict[str, bool]:
    """Channels that can send: name → whether also beyond the window of their provider."""
    found = session.scalars(select(ChannelState).where(ChannelState.seen_at > clock.now() - TRUSTED_FOR))
    return {state.channel: state.beyond_window for state in found}
