"""What is saved may be a translator as well as a MidiMe."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of everything that is there that it is a MidiMe."""
    op.add_column(
        "saved", sa.Column("kind", sa.String(16), nullable=False, server_default="midime")
    )
