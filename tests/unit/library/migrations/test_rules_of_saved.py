"""The rules of what is saved keep promises of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import IntegrityError

from midime_engine.library import migrating
from midime_engine.library.migrations import first_schema
from midime_engine.library.schema import BLOB, OWNER, RULES, SAVED

if TYPE_CHECKING:
    from midime_engine.library.database import Database

MODEL, CONSTRAINT = "a" * 64, "c" * 64
ROWS = (
    (BLOB, {"sha256": MODEL, "n_bytes": 1, "touched": 1}),
    (OWNER, {"id": 1, "digest": "d", "created": 1}),
    (
        SAVED,
        dict.fromkeys(("name", "base_model", "song_names", "settings", "details"), "x")
        | {"id": "s", "owner_id": 1, "model": MODEL, "n_bytes": 1, "created": 1, "used": 1},
    ),
)


def fill(database: Database, *more: tuple[sa.Table, dict[str, object]]) -> None:
    """Write a saved MidiMe."""
    with database.writing() as connection:
        for table, values in (*ROWS, *more):
            connection.execute(sa.insert(table).values(**values))


def test_what_was_saved_before_stays(database: Database) -> None:
    """A library of the first version is brought up to date with its rows."""
    with database.writing() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            first_schema.upgrade()
        context._ensure_version_table()
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    fill(database)
    migrating.upgrade(database)
    with database.reading() as connection:
        assert connection.execute(sa.select(SAVED.c.id)).scalar_one() == "s"
        assert connection.execute(sa.select(RULES)).all() == []


@pytest.fixture
def filled(database: Database) -> Database:
    """A saved MidiMe with rules."""
    migrating.upgrade(database)
    fill(
        database,
        (BLOB, {"sha256": CONSTRAINT, "n_bytes": 1, "touched": 1}),
        (RULES, {"saved_id": "s", "data": CONSTRAINT}),
    )
    return database


def test_rules_go_with_what_they_act_on(filled: Database) -> None:
    """The database itself sees to it."""
    with filled.writing() as connection:
        connection.execute(sa.delete(SAVED))
    with filled.reading() as connection:
        assert connection.execute(sa.select(RULES)).all() == []


def test_their_file_cannot_lose_its_row(filled: Database) -> None:
    """Whatever a program gets wrong."""
    with pytest.raises(IntegrityError), filled.writing() as connection:
        connection.execute(sa.delete(BLOB).where(BLOB.c.sha256 == CONSTRAINT))
