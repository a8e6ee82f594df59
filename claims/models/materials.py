"""What a claim's checklist asks for, and the files that came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from claims import clock
from claims.crypto import EncryptedText
from claims.models.base import Base, UtcDateTime, WithCreation, WithId, enum_of
from claims.vocabulary import MaterialState


class Attachment(WithId, WithCreation, Base):
    """A file that a customer sent. `path` is relative to the attachments folder; size in bytes; sha256 in hex."""

    __tablename__ = "attachments"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)
    path: Mapped[str] = mapped_column(String(200))
    original_name: Mapped[str] = mapped_column(EncryptedText, default="")


class AttachmentFetch(WithCreation, Base):
    """A file that still lies with the provider of a channel. `source` names who can fetch it, `reference` which.
    `name` is what the customer called it."""

    __tablename__ = "attachment_fetches"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    source: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(EncryptedText)
    name: Mapped[str] = mapped_column(EncryptedText, default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now(), index=True)


class Material(WithId, Base):
    """One item of a claim's checklist. attachment_id is the newest file; all files are in material_files."""

    __tablename__ = "materials"
    __table_args__ = (UniqueConstraint("claim_id", "kind"),)

    claim_id: Mapped[str] = mapped_column(ForeignKey("claims.id"))
    kind: Mapped[str] = mapped_column(String(60))
    state: Mapped[MaterialState] = mapped_column(enum_of(MaterialState), default=MaterialState.MISSING)
    required: Mapped[bool] = mapped_column(Boolean, default=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str | None] = mapped_column(Text)
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachments.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class MaterialFile(Base):
    """A file that belongs to a checklist item; an item such as photos of the damage has several."""

    __tablename__ = "material_files"

    material_id: Mapped[str] = mapped_column(ForeignKey("materials.id"), primary_key=True)
    attachment_id: Mapped[str] = mapped_column(ForeignKey("attachments.id"), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
