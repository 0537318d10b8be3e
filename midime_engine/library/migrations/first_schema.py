"""Owners, what they have saved, the songs of it, and share links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("n_bytes", sa.BigInteger, nullable=False),
        sa.Column("touched", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owner"),
        sa.UniqueConstraint("digest", name="uq_owner_digest"),
    )
    op.create_table(
        "saved",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("owner_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("base_model", sa.Text, nullable=False),
        sa.Column("song_names", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("n_bytes", sa.BigInteger, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["owner.id"], name="fk_saved_owner_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["model"], ["blob.sha256"], name="fk_saved_model"),
    )
    op.create_index("ix_saved_owner_id", "saved", ["owner_id"])
    op.create_index("ix_saved_model", "saved", ["model"])
    op.create_table(
        "song",
        sa.Column("saved_id", sa.String(22), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("credit", sa.Text, nullable=False),
        sa.Column("data", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("saved_id", "place", name="pk_song"),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["saved.id"], name="fk_song_saved_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["data"], ["blob.sha256"], name="fk_song_data"),
    )
    op.create_index("ix_song_data", "song", ["data"])
    op.create_table(
        "share",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("saved_id", sa.String(22), nullable=False),
        sa.Column("with_songs", sa.Boolean, nullable=False),
        sa.Column("position", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("revoked", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
        sa.ForeignKeyConstraint(
            ["saved_id"], ["saved.id"], name="fk_share_saved_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_share_saved_id", "share", ["saved_id"])
