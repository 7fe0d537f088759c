"""When a count of tries no longer counts, so that it can be wiped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each count its end; of those that are there, the day after the change."""
    with op.batch_alter_table("rate_count") as table:
        table.add_column(sa.Column("ends_at", sa.DateTime(), nullable=True))
        table.drop_index("ix_rate_count_stretch")
    counts = sa.table("rate_count", sa.column("ends_at", sa.DateTime()))
    tomorrow = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    op.execute(counts.update().values(ends_at=tomorrow))
    with op.batch_alter_table("rate_count") as table:
        table.alter_column("ends_at", existing_type=sa.DateTime(), nullable=False)
        table.create_index("ix_rate_count_ends_at", ["ends_at"])


def downgrade() -> None:
    """Count without an end again."""
    with op.batch_alter_table("rate_count") as table:
        table.drop_index("ix_rate_count_ends_at")
        table.drop_column("ends_at")
        table.create_index("ix_rate_count_stretch", ["stretch"])
