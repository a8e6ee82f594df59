"""Visits to see a loss, replies of one's own, sheets of quality."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("surveyor_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("booked_by", sa.String(length=80), nullable=False),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_inspections_claim_id")),
        sa.ForeignKeyConstraint(["surveyor_id"], ["staff_accounts.id"], name=op.f("fk_inspections_surveyor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
    )
    op.create_index(op.f("ix_inspections_claim_id"), "inspections", ["claim_id"], unique=False)
    op.create_index("ix_inspections_surveyor_id_at", "inspections", ["surveyor_id", "at"], unique=False)
    op.create_table(
        "canned_replies",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["staff_accounts.id"], name=op.f("fk_canned_replies_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
    )
    op.create_index(op.f("ix_canned_replies_account_id"), "canned_replies", ["account_id"], unique=False)
    op.create_table(
        "quality_reviews",
        sa.Column("handover_id", sa.String(length=36), nullable=False),
        sa.Column("reviewer_id", sa.String(length=36), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handovers.id"], name=op.f("fk_quality_reviews_handover_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["staff_accounts.id"], name=op.f("fk_quality_reviews_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_reviews")),
        sa.UniqueConstraint("handover_id", "reviewer_id", name=op.f("uq_quality_reviews_handover_id_reviewer_id")),
    )


def downgrade() -> None:
    op.drop_table("quality_reviews")
    op.drop_table("canned_replies")
    op.drop_table("inspections")
