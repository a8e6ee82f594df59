"""Customers: people and companies."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, validates

from claims.crypto import EncryptedText, name_index
from claims.models.base import Base, WithCreation, WithId, enum_of
from claims.vocabulary import CustomerKind


class Customer(WithId, WithCreation, Base):
    """Someone we insure or who reported a loss to us.

    A reporter whom we cannot find on a policy is kept too, with only the phone: `name` is then empty.
    The indexes of the names (blind) follow the names by themselves.
    preferred_channel: on which they want to hear from us (None: they never said).
    """

    __tablename__ = "customers"

    kind: Mapped[CustomerKind] = mapped_column(enum_of(CustomerKind), default=CustomerKind.PERSON)
    name: Mapped[str] = mapped_column(EncryptedText)
    name_index: Mapped[str | None] = mapped_column(String(64), index=True)
    contact_name: Mapped[str | None] = mapped_column(EncryptedText)
    contact_name_index: Mapped[str | None] = mapped_column(String(64), index=True)
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_index: Mapped[str] = mapped_column(String(64), index=True)
    id_card: Mapped[str | None] = mapped_column(EncryptedText)
    id_card_index: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    city: Mapped[str | None] = mapped_column(String(40))
    preferred_channel: Mapped[str | None] = mapped_column(String(20))

    @validates("name", "contact_name")
    def _index(self, field: str, value: str | None) -> str | None:
        setattr(self, f"{field}_index", name_index(value) if value else None)
        return value
