"""Staff sign in at the desk with a password; customers are found by name."""

import sqlalchemy as sa
from alembic import op

from claims.crypto import decrypt, name_index

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_accounts", sa.Column("password_hash", sa.Text(), nullable=True))
    op.add_column("staff_accounts", sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "staff_sessions",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["staff_accounts.id"], name=op.f("fk_staff_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_sessions_token_hash")),
    )
    op.create_index(op.f("ix_staff_sessions_account_id"), "staff_sessions", ["account_id"], unique=False)
    for name in ("name", "contact_name"):
        op.add_column("customers", sa.Column(f"{name}_index", sa.String(length=64), nullable=True))
        op.create_index(op.f(f"ix_customers_{name}_index"), "customers", [f"{name}_index"], unique=False)
    _index_names()


def _index_names() -> None:
    """Of the customers there are. The names are encrypted, so each is read and indexed here, once."""
    customers = sa.table("customers", *(sa.column(c) for c in ("id", "name", "contact_name", "name_index")))
    indexed = sa.table("customers", sa.column("id"), sa.column("name_index"), sa.column("contact_name_index"))
    connection = op.get_bind()
    rows = connection.execute(sa.select(customers.c.id, customers.c.name, customers.c.contact_name)).all()
    for row in rows:
        values = {"name_index": _of(row.name), "contact_name_index": _of(row.contact_name)}
        connection.execute(sa.update(indexed).where(indexed.c.id == row.id).values(values))


def _of(sealed: str | None) -> str | None:
    name = decrypt(sealed) if sealed else ""
    return name_index(name) if name else None


def downgrade() -> None:
    for name in ("name", "contact_name"):
        op.drop_index(op.f(f"ix_customers_{name}_index"), table_name="customers")
        op.drop_column("customers", f"{name}_index")
    op.drop_table("staff_sessions")
    op.drop_column("staff_accounts", "password_set_at")
    op.drop_column("staff_accounts", "password_hash")
