"""Bringing the schema up to date, at every start, whoever else is starting.

Alembic knows which steps a database has taken. All missing ones happen in one transaction that
only one process holds at a time; the others wait for it and find nothing to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from midime_engine.errors import LibraryError

if TYPE_CHECKING:
    from midime_engine.library.database import Database

__all__ = ["upgrade"]

_STEPS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_061_961_209
"""Any number that nothing else in the same PostgreSQL database locks."""


def upgrade(database: Database) -> None:
    """Take every step that the schema of ``database`` lacks.

    Raises:
        LibraryError: The schema is that of a newer program.
    """
    script = ScriptDirectory(str(_STEPS), version_locations=[str(_STEPS)])

    def missing(revision: Any, _context: object) -> Any:
        return script._upgrade_revs("head", revision)  # noqa: SLF001 - what alembic's own command does

    with database.writing() as connection:
        if database.kind == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        context = MigrationContext.configure(connection, opts={"fn": missing, "script": script})
        try:
            with Operations.context(context):
                context.run_migrations()
        except CommandError as error:
            raise LibraryError(
                "The library was written by a newer version of MidiMe.",
                remedy="Whoever runs MidiMe updates it.",
            ) from error
