"""Channels that push: replies through the outbox in order, files to fetch, addresses switched off."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("kind", sa.String(32), nullable=False, server_default="text"))
    op.add_column("messages", sa.Column("details", sa.Text(), nullable=True))
    op.add_column("messages", sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversations", sa.Column("pushed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("conversations", sa.Column("button_limit", sa.Integer(), nullable=True))
    op.add_column("drafts", sa.Column("policy_index", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_drafts_policy_index"), "drafts", ["policy_index"], unique=False)
    with op.batch_alter_table("outbox_items") as batch:
        batch.add_column(sa.Column("address_index", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("buttons", sa.Text(), nullable=True))
        batch.add_column(sa.Column("conversation_id", sa.String(length=36), nullable=True))
        batch.add_column(sa.Column("message_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("version", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("in_reply", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f("fk_outbox_items_conversation_id"), "conversations", ["conversation_id"], ["id"])
        batch.create_foreign_key(op.f("fk_outbox_items_message_id"), "messages", ["message_id"], ["id"])
        batch.create_index("ix_outbox_items_channel_address_index_number", ["channel", "address_index", "number"])
        batch.create_index("ix_outbox_items_message_id", ["message_id"])
    op.create_table(
        "outbox_parts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("provider_id", sa.String(length=200), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("report", sa.String(length=20), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("address_gone", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["outbox_items.id"], name=op.f("fk_outbox_parts_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_parts")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_outbox_parts_channel_provider_id")),
    )
    op.create_index(op.f("ix_outbox_parts_item_id"), "outbox_parts", ["item_id"], unique=False)
    op.create_table(
        "addresses_off",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address_index", name=op.f("pk_addresses_off")),
    )
    op.create_table(
        "attachment_fetches",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_attachment_fetches_conversation_id")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_attachment_fetches_message_id")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_attachment_fetches")),
    )
    op.create_index(
        op.f("ix_attachment_fetches_conversation_id"), "attachment_fetches", ["conversation_id"], unique=False
    )
    op.create_index(op.f("ix_attachment_fetches_next_try_at"), "attachment_fetches", ["next_try_at"], unique=False)


def downgrade() -> None:
    op.drop_table("attachment_fetches")
    op.drop_table("addresses_off")
    op.drop_table("outbox_parts")
    with op.batch_alter_table("outbox_items") as batch:
        batch.drop_index("ix_outbox_items_message_id")
        batch.drop_index("ix_outbox_items_channel_address_index_number")
        batch.drop_constraint(op.f("fk_outbox_items_message_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_outbox_items_conversation_id"), type_="foreignkey")
        for name in (
            "delivered_at",
            "in_reply",
            "parts_sent",
            "version",
            "message_id",
            "conversation_id",
            "buttons",
            "number",
            "address_index",
        ):
            batch.drop_column(name)
    op.drop_index(op.f("ix_drafts_policy_index"), table_name="drafts")
    op.drop_column("drafts", "policy_index")
    op.drop_column("conversations", "button_limit")
    op.drop_column("conversations", "pushed")
    for name in ("answer_by", "details", "kind"):
        op.drop_column("messages", name)
