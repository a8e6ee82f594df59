"""Questions for the editors of the knowledge base: counted, masked, tied to no conversation; down-votes among them.

Rows from before keep the text they have: it is encrypted, and only the application could mask it. They are listed like
the others and settled like the others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unanswered_questions") as batch:
        batch.drop_constraint(op.f("fk_unanswered_questions_conversation_id"), type_="foreignkey")
        batch.drop_column("conversation_id")
        batch.drop_column("score")
        batch.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="unanswered"))
        batch.add_column(sa.Column("text_index", sa.String(64), nullable=True))
        batch.add_column(sa.Column("count", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("last_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("suggestions", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("settled_with", sa.String(80), nullable=True))
        batch.create_index(op.f("ix_unanswered_questions_text_index"), ["text_index"])
    op.execute("UPDATE unanswered_questions SET last_asked_at = asked_at")
    with op.batch_alter_table("unanswered_questions") as batch:
        batch.alter_column("last_asked_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("unanswered_questions") as batch:
        batch.drop_index(op.f("ix_unanswered_questions_text_index"))
        for name in ("settled_with", "suggestions", "last_asked_at", "count", "text_index", "kind"):
            batch.drop_column(name)
        batch.add_column(sa.Column("score", sa.Float(), nullable=True))
        batch.add_column(sa.Column("conversation_id", sa.String(36), nullable=True))
        batch.create_foreign_key(
            op.f("fk_unanswered_questions_conversation_id"), "conversations", ["conversation_id"], ["id"]
        )
