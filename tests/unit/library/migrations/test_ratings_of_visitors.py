"""The table of ratings keeps promises of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from midime_engine.library import migrating
from midime_engine.library.schema import BLOB, OWNER, RATING, SAVED

if TYPE_CHECKING:
    from midime_engine.library.database import Database

MODEL = "a" * 64
ROW = {"saved_id": "s", "rater": "r", "n_answers": 1, "answers": "{}", "created": 1, "changed": 1}


@pytest.fixture
def filled(database: Database) -> Database:
    """Something saved, which one person has rated."""
    migrating.upgrade(database)
    texts = dict.fromkeys(("name", "base_model", "song_names", "settings", "details"), "x")
    saved = {"id": "s", "owner_id": 1, "model": MODEL, **texts}
    rows = (
        (BLOB, {"sha256": MODEL, "n_bytes": 1, "touched": 1}),
        (OWNER, {"id": 1, "digest": "d", "created": 1}),
        (SAVED, saved | {"n_bytes": 1, "created": 1, "used": 1}),
        (RATING, ROW),
    )
    with database.writing() as connection:
        for table, values in rows:
            connection.execute(sa.insert(table).values(**values))
    return database


def test_with_what_is_saved_go_its_ratings(filled: Database) -> None:
    """The database itself sees to it."""
    with filled.writing() as connection:
        connection.execute(sa.delete(SAVED))
    with filled.reading() as connection:
        assert connection.execute(sa.select(RATING)).all() == []


def test_nobody_rates_the_same_thing_twice(filled: Database) -> None:
    """One person has one row."""
    with pytest.raises(IntegrityError), filled.writing() as connection:
        connection.execute(sa.insert(RATING).values(**ROW))
