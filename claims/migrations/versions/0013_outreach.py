"""What is due to be said of our own accord, what was said, consents, and which channels can send."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("customers", sa.Column("preferred_channel", sa.String(20), nullable=True))
    op.add_column("outbox_items", sa.Column("quiet_zone", sa.String(40), nullable=True))
    op.create_table(
        "outreach_due",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("subject", sa.String(80), nullable=True),
        sa.Column("customer_id", sa.String(36), nullable=True),
        sa.Column("claim_id", sa.String(36), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(80), nullable=True),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("reason_values", sa.JSON(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_outreach_due_claim_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_outreach_due_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_due")),
        sa.UniqueConstraint("key", name=op.f("uq_outreach_due_key")),
    )
    op.create_index(op.f("ix_outreach_due_claim_id"), "outreach_due", ["claim_id"])
    op.create_index(op.f("ix_outreach_due_customer_id"), "outreach_due", ["customer_id"])
    op.create_index("ix_outreach_due_purpose_subject", "outreach_due", ["purpose", "subject"])
    op.create_index(
        "ix_outreach_due_waiting", "outreach_due", ["next_at"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_table(
        "outreach_touches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("due_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("customer_id", sa.String(36), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.String(36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_outreach_touches_customer_id")),
        sa.ForeignKeyConstraint(["due_id"], ["outreach_due.id"], name=op.f("fk_outreach_touches_due_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox_items.id"], name=op.f("fk_outreach_touches_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_touches")),
        sa.UniqueConstraint("due_id", "number", name=op.f("uq_outreach_touches_due_id_number")),
    )
    op.create_index("ix_outreach_touches_customer_id_at", "outreach_touches", ["customer_id", "at"])
    op.create_index("ix_outreach_touches_at", "outreach_touches", ["at"])
    op.create_table(
        "contact_consents",
        sa.Column("customer_id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_contact_consents_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", "channel", "kind", name=op.f("pk_contact_consents")),
    )
    op.create_table(
        "channel_states",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("beyond_window", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_states")),
    )


def downgrade() -> None:
    for table in ("channel_states", "contact_consents", "outreach_touches", "outreach_due"):
        op.drop_table(table)
    op.drop_column("outbox_items", "quiet_zone")
    op.drop_column("customers", "preferred_channel")
