"""What all tables share: identifiers, times in UTC, enums by value, names of constraints."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum as PyEnum
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import DateTime, Enum, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from claims import clock


class UtcDateTime(TypeDecorator[datetime]):
    """Stored in UTC, returned aware. A time without a zone is an error, never a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_of(kind: type[PyEnum]) -> Enum:
    """An enum column that stores the values (not the Python names), checked on the way in and out."""
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda e: [m.value for m in e], validate_strings=True
    )


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def new_id() -> str:
    """A fresh identifier (UUID 4, 36 characters)."""
    return str(uuid4())


class WithId:
    """Primary key of most tables: a UUID as text, the same on every database."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)


class WithCreation:
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())
