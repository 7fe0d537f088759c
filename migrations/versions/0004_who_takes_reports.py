"""Who looks after the reports of a listing, so that two people do not do the same work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX, COLUMNS = "ix_feedback_settled_at_service_id", ["settled_at", "service_id", "created_at"]


def upgrade() -> None:
    """Nobody has taken any yet. The index holds all that the queue asks of a report."""
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("taken_by", sa.String(length=36), nullable=True))
        table.create_foreign_key(
            "fk_feedback_taken_by", "account", ["taken_by"], ["id"], ondelete="SET NULL"
        )
        table.drop_index(INDEX)
        table.create_index(INDEX, [*COLUMNS, "reporter", "taken_by"])


def downgrade() -> None:
    """Forget who took what."""
    with op.batch_alter_table("feedback") as table:
        table.drop_index(INDEX)
        table.drop_constraint("fk_feedback_taken_by", type_="foreignkey")
        table.drop_column("taken_by")
        table.create_index(INDEX, [*COLUMNS, "reporter"])
