"""What a customer agreed to or refused, by channel and by kind of message; "*" stands for all of either.

An opt-out (claims.contacts) stops everything and goes before all of this.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from claims import audit, clock
from claims.models import Consent
from claims.upsert import insert_into
from claims.vocabulary import OutreachKind

ALL = "*"


def put(
    session: Session,
    customer_id: str,
    *,
    allowed: bool,
    source: str,
    channel: str = ALL,
    kind: OutreachKind | None = None,
) -> None:
    """Note what the customer said last about this channel and kind. source: how we know ("chat", a staff login)."""
    row = {
        "customer_id": customer_id,
        "channel": channel,
        "kind": str(kind) if kind is not None else ALL,
        "allowed": allowed,
        "source": source,
        "at": clock.now(),
    }
    session.execute(
        insert_into(session, Consent)
        .values(row)
        .on_conflict_do_update(
            index_elements=["customer_id", "channel", "kind"],
            set_={"allowed": allowed, "source": source, "at": row["at"]},
        )
    )
    audit.record(session, source, "consent_noted", f"customer:{customer_id}", {"channel": channel, "kind": row["kind"]})


def allows(said: Mapping[tuple[str, str], bool], channel: str, kind: OutreachKind, *, unless: bool = True) -> bool:
    """Whether what was said allows this: the narrower word goes before the wider one; `unless` where none was said."""
    for key in ((channel, str(kind)), (channel, ALL), (ALL, str(kind)), (ALL, ALL)):
        if key in said:
            return said[key]
    return unless
