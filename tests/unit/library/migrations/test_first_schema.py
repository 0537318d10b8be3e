"""The first tables keep promises of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from midime_engine.library import migrating
from midime_engine.library.schema import BLOB, OWNER, SAVED, SHARE, SONG

if TYPE_CHECKING:
    from midime_engine.library.database import Database

MODEL, TUNE = "a" * 64, "b" * 64


@pytest.fixture
def filled(database: Database) -> Database:
    """One row in each table."""
    migrating.upgrade(database)
    texts = dict.fromkeys(("name", "base_model", "song_names", "settings", "details"), "x")
    rows = (
        (BLOB, {"sha256": MODEL, "n_bytes": 1, "touched": 1}),
        (BLOB, {"sha256": TUNE, "n_bytes": 1, "touched": 1}),
        (OWNER, {"id": 1, "digest": "d", "created": 1}),
        (
            SAVED,
            {"id": "s", "owner_id": 1, "model": MODEL, **texts}
            | {"n_bytes": 1, "created": 1, "used": 1},
        ),
        (SONG, {"saved_id": "s", "place": 0, "name": "x", "credit": "", "data": TUNE}),
        (
            SHARE,
            {"id": "l", "saved_id": "s", "with_songs": True}
            | {"position": "{}", "created": 1, "expires": 2},
        ),
    )
    with database.writing() as connection:
        for table, values in rows:
            connection.execute(sa.insert(table).values(**values))
    return database


def test_with_an_owner_goes_everything_that_is_theirs(filled: Database) -> None:
    """The database itself sees to it."""
    with filled.writing() as connection:
        connection.execute(sa.delete(OWNER))
    with filled.reading() as connection:
        for table in (SAVED, SONG, SHARE):
            assert connection.execute(sa.select(table)).all() == []


@pytest.mark.parametrize("digest", [MODEL, TUNE])
def test_a_file_that_is_named_cannot_lose_its_row(filled: Database, digest: str) -> None:
    """Whatever a program gets wrong."""
    with pytest.raises(IntegrityError), filled.writing() as connection:
        connection.execute(sa.delete(BLOB).where(BLOB.c.sha256 == digest))
