"""What was saved before there were translators is a MidiMe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from midime_engine.library import migrating
from midime_engine.library.schema import BLOB, OWNER, SAVED

if TYPE_CHECKING:
    from midime_engine.library.database import Database

MODEL = "a" * 64


def test_a_row_that_says_no_kind_is_a_midime(database: Database) -> None:
    """As an older program would have written it."""
    migrating.upgrade(database)
    texts = dict.fromkeys(("name", "base_model", "song_names", "settings", "details"), "x")
    saved = {"id": "s", "owner_id": 1, "model": MODEL, "n_bytes": 1, "created": 1, "used": 1}
    with database.writing() as connection:
        connection.execute(sa.insert(BLOB).values(sha256=MODEL, n_bytes=1, touched=1))
        connection.execute(sa.insert(OWNER).values(id=1, digest="d", created=1))
        connection.execute(sa.insert(SAVED).values(**saved, **texts))
    with database.reading() as connection:
        assert connection.scalar(sa.select(SAVED.c.kind)) == "midime"
