"""What providers report about messages they took: late, early, twice and out of order."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from claims import clock
from claims.models import OutboxPart
from claims.outbox.settling import DELIVERED, FAILED, settle
from claims.upsert import insert_into


def report(
    session: Session, *, channel: str, provider_id: str, delivered: bool, error: str = "", address_gone: bool = False
) -> None:
    """Note that a message arrived, or will not. Safe to repeat; what has arrived stays so, whatever is reported later.

    A report of an unknown id is kept: it may be earlier than our own mark.
    """
    said = DELIVERED if delivered else FAILED
    table = OutboxPart.__table__.c
    session.execute(
        insert_into(session, OutboxPart)
        .values(
            channel=channel,
            provider_id=provider_id,
            report=said,
            error=error or None,
            address_gone=address_gone,
            reported_at=clock.now(),
        )
        .on_conflict_do_update(
            index_elements=["channel", "provider_id"],
            set_={
                "report": case((table.report == DELIVERED, DELIVERED), else_=said),
                "error": case((table.report == DELIVERED, None), else_=error or None),
                "address_gone": address_gone,
                "reported_at": clock.now(),
            },
        )
    )
    item_id = session.scalar(
        select(OutboxPart.item_id).where(OutboxPart.channel == channel, OutboxPart.provider_id == provider_id)
    )
    if item_id is not None:
        settle(session, item_id)
