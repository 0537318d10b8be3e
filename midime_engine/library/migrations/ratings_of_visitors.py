"""What people who came by a share link have said about the music of a saved MidiMe."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "rating",
        sa.Column("saved_id", sa.String(22), nullable=False),
        sa.Column("rater", sa.String(22), nullable=False),
        sa.Column("n_answers", sa.Integer, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("saved_id", "rater", name="pk_rating"),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["saved.id"], name="fk_rating_saved_id", ondelete="CASCADE"
        ),
    )
