"""People take over: hand-overs, presence, callbacks, private notes, complaints; who wrote a message, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_sequences",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_complaint_sequences")),
    )
    op.create_table(
        "agent_presences",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["staff_accounts.id"], name=op.f("fk_agent_presences_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_agent_presences")),
    )
    op.create_table(
        "private_notes",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["staff_accounts.id"], name=op.f("fk_private_notes_account_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_private_notes_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
    )
    with op.batch_alter_table("private_notes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_private_notes_conversation_id_created_at", ["conversation_id", "created_at"], unique=False
        )

    op.create_table(
        "complaints",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("claim_id", sa.String(length=36), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_complaints_claim_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_complaints_conversation_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_complaints_customer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_accounts.id"], name=op.f("fk_complaints_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("key", name=op.f("uq_complaints_key")),
        sa.UniqueConstraint("number", name=op.f("uq_complaints_number")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaints_claim_id"), ["claim_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaints_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaints_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaints_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_complaints_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("claim_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("priority", sa.String(32), nullable=False),
        sa.Column("skill", sa.String(length=20), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_told", sa.Integer(), nullable=True),
        sa.Column("minutes_told", sa.Integer(), nullable=True),
        sa.Column("told_late_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_id", sa.String(length=36), nullable=True),
        sa.Column("owner_id", sa.String(length=36), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_response_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed", sa.Text(), nullable=True),
        sa.Column("wrap_up", sa.String(32), nullable=True),
        sa.Column("wrap_up_note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["assigned_id"], ["staff_accounts.id"], name=op.f("fk_handovers_assigned_id")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_handovers_claim_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_handovers_conversation_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_accounts.id"], name=op.f("fk_handovers_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index("ix_handovers_conversation_id_opened_at", ["conversation_id", "opened_at"], unique=False)
        batch_op.create_index("ix_handovers_state_opened_at", ["state", "opened_at"], unique=False)
        batch_op.create_index(
            "uq_handovers_under_way",
            ["conversation_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'held')"),
            postgresql_where=sa.text("state IN ('waiting', 'held')"),
        )

    op.create_table(
        "callback_bookings",
        sa.Column("handover_id", sa.String(length=36), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.String(length=36), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_callback_bookings_conversation_id")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff_accounts.id"], name=op.f("fk_callback_bookings_done_by_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handovers.id"], name=op.f("fk_callback_bookings_handover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_bookings")),
    )
    with op.batch_alter_table("callback_bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_callback_bookings_conversation_id"), ["conversation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_callback_bookings_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index("ix_callback_bookings_state_due_at", ["state", "due_at"], unique=False)

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_message_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("staff_id", sa.String(length=36), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("staff_id")
        batch_op.drop_column("version")

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_column("version_message_id")

    with op.batch_alter_table("callback_bookings", schema=None) as batch_op:
        batch_op.drop_index("ix_callback_bookings_state_due_at")
        batch_op.drop_index(batch_op.f("ix_callback_bookings_handover_id"))
        batch_op.drop_index(batch_op.f("ix_callback_bookings_conversation_id"))

    op.drop_table("callback_bookings")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handovers_under_way",
            sqlite_where=sa.text("state IN ('waiting', 'held')"),
            postgresql_where=sa.text("state IN ('waiting', 'held')"),
        )
        batch_op.drop_index("ix_handovers_state_opened_at")
        batch_op.drop_index("ix_handovers_conversation_id_opened_at")

    op.drop_table("handovers")
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index("ix_complaints_state_due_at")
        batch_op.drop_index(batch_op.f("ix_complaints_owner_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_customer_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_complaints_claim_id"))

    op.drop_table("complaints")
    with op.batch_alter_table("private_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_private_notes_conversation_id_created_at")

    op.drop_table("private_notes")
    op.drop_table("agent_presences")
    op.drop_table("complaint_sequences")
