"""Service-level clocks: alerts to staff, delays told to customers, and where alerts are mailed to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("staff_accounts", sa.Column("email", sa.Text(), nullable=True))
    op.create_table(
        "staff_alerts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("clock", sa.String(40), nullable=False),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("due_at", WHEN, nullable=False),
        sa.Column("dedupe_key", sa.String(160), nullable=False),
        sa.Column("seen_at", WHEN, nullable=True),
        sa.Column("seen_by", sa.String(80), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_staff_alerts_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_alerts")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_staff_alerts_dedupe_key")),
    )
    op.create_index(op.f("ix_staff_alerts_claim_id"), "staff_alerts", ["claim_id"])
    op.create_index("ix_staff_alerts_seen_at_created_at", "staff_alerts", ["seen_at", "created_at"])
    op.create_table(
        "clock_delays",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("claim_id", sa.String(36), nullable=False),
        sa.Column("clock", sa.String(40), nullable=False),
        sa.Column("started_at", WHEN, nullable=False),
        sa.Column("promised", WHEN, nullable=False),
        sa.Column("until", WHEN, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_clock_delays_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_delays")),
    )
    op.create_index("ix_clock_delays_claim_id_clock", "clock_delays", ["claim_id", "clock"])


def downgrade() -> None:
    op.drop_table("clock_delays")
    op.drop_table("staff_alerts")
    with op.batch_alter_table("staff_accounts") as batch:
        batch.drop_column("email")
