"""Who wants no messages from us."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from claims.models.base import Base, WithCreation


class OptOut(WithCreation, Base):
    """`key` is "conversation:<id>", "customer:<id>" or "address:<blind index>"."""

    __tablename__ = "opt_outs"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
