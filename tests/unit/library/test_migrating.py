"""The schema is brought up to date at every start, by however many processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from midime_engine.errors import LibraryError
from midime_engine.library import migrating
from midime_engine.library.schema import METADATA

if TYPE_CHECKING:
    from midime_engine.library.database import Database

ROOT = Path(__file__).resolve().parents[3]
STEPS = ROOT / "midime_engine" / "library" / "migrations"

START = """
import sys
from midime_engine.library import migrating
from midime_engine.library.database import Database
sys.stdin.readline()
migrating.upgrade(Database(sys.argv[1]))
"""


def test_the_steps_lead_to_the_tables_that_the_code_means(database: Database) -> None:
    """Alembic finds no difference, and a second start nothing to do."""
    migrating.upgrade(database)
    migrating.upgrade(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        newest = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)]).get_current_head()
        assert context.get_current_revision() == newest


def test_many_processes_may_start_at_once(url: str, database: Database) -> None:
    """One of them makes the tables, none fails."""
    command = [sys.executable, "-c", START, url]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in processes:  # All have imported everything by the time they may go on.
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint.decode()
    with database.reading() as connection:
        assert set(sa.inspect(connection).get_table_names()) >= set(METADATA.tables)


def test_the_schema_of_a_newer_program_is_left_alone(database: Database) -> None:
    """Going back would lose what it has written."""
    migrating.upgrade(database)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LibraryError, match="newer version"):
        migrating.upgrade(database)
