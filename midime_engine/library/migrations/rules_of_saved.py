"""Rules that act on what a saved MidiMe plays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "rules",
        sa.Column("saved_id", sa.String(22), nullable=False),
        sa.Column("data", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("saved_id", name="pk_rules"),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["saved.id"], name="fk_rules_saved_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["data"], ["blob.sha256"], name="fk_rules_data"),
    )
    op.create_index("ix_rules_data", "rules", ["data"])
