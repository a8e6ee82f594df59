"""The pace of each provider, which all gateways keep together."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_paces",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("free_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_provider_paces")),
    )


def downgrade() -> None:
    op.drop_table("provider_paces")
