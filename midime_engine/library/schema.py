"""The tables. Every change needs a migration beside it; a test compares the two.

Times are whole seconds since 1970, UTC; JSON is text: both mean the same to every database.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

__all__ = ["BLOB", "METADATA", "OWNER", "RATING", "RULES", "SAVED", "SHARE", "SONG"]

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BLOB: Final = Table(
    "blob",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("n_bytes", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),
)
"""Files of the store. A row comes before its file and goes after it."""

OWNER: Final = Table(
    "owner",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created", BigInteger, nullable=False),
)

SAVED: Final = Table(
    "saved",
    METADATA,
    Column("id", String(22), primary_key=True),
    Column("owner_id", ForeignKey("owner.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("base_model", Text, nullable=False),
    Column("song_names", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("model", ForeignKey("blob.sha256"), nullable=False),
    Column("n_bytes", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False, server_default="midime"),
    Index("ix_saved_owner_id", "owner_id"),
    Index("ix_saved_model", "model"),
)

SONG: Final = Table(
    "song",
    METADATA,
    Column("saved_id", ForeignKey("saved.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("credit", Text, nullable=False),
    Column("data", ForeignKey("blob.sha256"), nullable=False),
    Index("ix_song_data", "data"),
)

RULES: Final = Table(
    "rules",
    METADATA,
    Column("saved_id", ForeignKey("saved.id", ondelete="CASCADE"), primary_key=True),
    Column("data", ForeignKey("blob.sha256"), nullable=False),
    Index("ix_rules_data", "data"),
)

SHARE: Final = Table(
    "share",
    METADATA,
    Column("id", String(22), primary_key=True),
    Column("saved_id", ForeignKey("saved.id", ondelete="CASCADE"), nullable=False),
    Column("with_songs", Boolean, nullable=False),
    Column("position", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("revoked", BigInteger),
    Index("ix_share_saved_id", "saved_id"),
)

RATING: Final = Table(
    "rating",
    METADATA,
    Column("saved_id", ForeignKey("saved.id", ondelete="CASCADE"), primary_key=True),
    Column("rater", String(22), primary_key=True),
    Column("n_answers", Integer, nullable=False),
    Column("answers", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
)
"""All answers of one visitor about the music of one MidiMe."""
