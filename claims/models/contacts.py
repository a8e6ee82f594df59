"""Who wants no messages from us, and whom no message reaches."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from claims.models.base import Base, WithCreation


class OptOut(WithCreation, Base):
    """`key` is "conversation:<id>", "customer:<id>" or "address:<blind index>"."""

    __tablename__ = "opt_outs"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)


class AddressOff(WithCreation, Base):
    """An address that its channel's provider refused for good. `reason` names the refusal, without personal data."""

    __tablename__ = "addresses_off"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    address_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
