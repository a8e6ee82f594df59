"""Claims, drafts, materials, service requests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_sequences",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_claim_sequences")),
    )
    op.create_table(
        "claims",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("registration_key", sa.String(length=120), nullable=False),
        sa.Column("policy_id", sa.String(length=36), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority", sa.String(32), nullable=False),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("line", sa.String(32), nullable=False),
        sa.Column("cause", sa.String(32), nullable=True),
        sa.Column("incident_time", sa.DateTime(timezone=True), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("injured_count", sa.Integer(), nullable=True),
        sa.Column("third_party", sa.Boolean(), nullable=True),
        sa.Column("police_reported", sa.Boolean(), nullable=True),
        sa.Column("loss_estimate", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("contact_phone_index", sa.String(length=64), nullable=True),
        sa.Column("policy_said", sa.Text(), nullable=True),
        sa.Column("offer_amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("rejection_grounds", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_claims_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_claims_customer_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policies.id"], name=op.f("fk_claims_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("number", name=op.f("uq_claims_number")),
        sa.UniqueConstraint("registration_key", name=op.f("uq_claims_registration_key")),
    )
    op.create_index(op.f("ix_claims_contact_phone_index"), "claims", ["contact_phone_index"], unique=False)
    op.create_index(op.f("ix_claims_conversation_id"), "claims", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_claims_customer_id"), "claims", ["customer_id"], unique=False)
    op.create_index(op.f("ix_claims_policy_id"), "claims", ["policy_id"], unique=False)
    op.create_index(op.f("ix_claims_state"), "claims", ["state"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("contact_phone_index", sa.String(length=64), nullable=True),
        sa.Column("asked", sa.String(length=40), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_drafts_claim_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_drafts_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_contact_phone_index"), "drafts", ["contact_phone_index"], unique=False)
    op.create_index("ix_drafts_conversation_id_state", "drafts", ["conversation_id", "state"], unique=False)
    op.create_table(
        "materials",
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attachment_id", sa.String(length=36), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_materials_attachment_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_materials_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("claim_id", "kind", name=op.f("uq_materials_claim_id_kind")),
    )
    op.create_table(
        "service_requests",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("claim_id", sa.String(length=36), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_service_requests_claim_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_service_requests_conversation_id")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_service_requests_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_requests")),
    )
    op.create_index(op.f("ix_service_requests_claim_id"), "service_requests", ["claim_id"], unique=False)
    op.create_index(op.f("ix_service_requests_conversation_id"), "service_requests", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_service_requests_kind"), "service_requests", ["kind"], unique=False)
    op.create_table(
        "timeline_entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_from", sa.String(32), nullable=True),
        sa.Column("state_to", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_timeline_entries_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_entries")),
    )
    op.create_index(op.f("ix_timeline_entries_claim_id"), "timeline_entries", ["claim_id"], unique=False)
    op.create_table(
        "material_files",
        sa.Column("material_id", sa.String(length=36), nullable=False),
        sa.Column("attachment_id", sa.String(length=36), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_material_files_attachment_id")),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name=op.f("fk_material_files_material_id")),
        sa.PrimaryKeyConstraint("material_id", "attachment_id", name=op.f("pk_material_files")),
    )


def downgrade() -> None:
    op.drop_table("material_files")
    op.drop_index(op.f("ix_timeline_entries_claim_id"), table_name="timeline_entries")
    op.drop_table("timeline_entries")
    op.drop_index(op.f("ix_service_requests_kind"), table_name="service_requests")
    op.drop_index(op.f("ix_service_requests_conversation_id"), table_name="service_requests")
    op.drop_index(op.f("ix_service_requests_claim_id"), table_name="service_requests")
    op.drop_table("service_requests")
    op.drop_table("materials")
    op.drop_index("ix_drafts_conversation_id_state", table_name="drafts")
    op.drop_index(op.f("ix_drafts_contact_phone_index"), table_name="drafts")
    op.drop_table("drafts")
    op.drop_index(op.f("ix_claims_state"), table_name="claims")
    op.drop_index(op.f("ix_claims_policy_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_customer_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_conversation_id"), table_name="claims")
    op.drop_index(op.f("ix_claims_contact_phone_index"), table_name="claims")
    op.drop_table("claims")
    op.drop_table("claim_sequences")
