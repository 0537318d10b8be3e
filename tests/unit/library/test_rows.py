"""What several questions ask of the tables is answered in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError
from midime_engine.library import Owner, rows, secret
from midime_engine.library.schema import SAVED

if TYPE_CHECKING:
    from midime_engine.library import Content
    from midime_engine.library.database import Database
    from midime_engine.library.library import Library


def test_seconds_become_a_date_of_no_time_zone_but_one() -> None:
    """Wherever the server stands."""
    assert rows.date(86_400) == datetime(1970, 1, 2, tzinfo=UTC)


def test_what_is_saved_goes_so_many_days_after_its_last_use(
    library: Library, database: Database, owner: Owner, content: Content
) -> None:
    """Or never, where the host keeps everything."""
    saved = library.save(owner, content, name="x")
    with database.writing() as connection:
        rows.touch(connection, saved.id, 5 * rows.DAY)
        row = connection.execute(rows.all_saved().where(SAVED.c.id == saved.id)).one()
    assert rows.saved_of(row, keep_days=10).expires == datetime(1970, 1, 16, tzinfo=UTC)
    assert rows.saved_of(row, keep_days=0).expires is None


def test_the_row_of_another_owner_is_none(
    library: Library, database: Database, owner: Owner, content: Content
) -> None:
    """The songs and rules of one's own are found by it."""
    saved = library.save(owner, content, name="x")
    with database.reading() as connection:
        assert rows.own_row(connection, owner, saved.id).name == "x"
        assert [song.name for song in rows.song_rows(connection, saved.id)] == ["Für Elise.mid"]
        assert rows.rules_digest(connection, saved.id) is None
        with pytest.raises(LibraryError, match="not in your library"):
            rows.own_row(connection, Owner.by_secret(secret()), saved.id)
