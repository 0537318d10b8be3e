"""The database behind the library: SQLite in a file, or PostgreSQL.

A *writing* transaction of SQLite takes the lock at its beginning (``BEGIN IMMEDIATE``), so that it
never fails half-way because another process was quicker; readers see the last commit meanwhile
(write-ahead log). On PostgreSQL writers lock the rows that they decide about.
"""

from __future__ import annotations

import errno
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from midime_engine.errors import LibraryError
from midime_engine.library.settings import DATA, DATABASE_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WAIT_SECONDS", "Database", "answering", "library_error"]

WAIT_SECONDS: Final = 30
"""For another process that is writing; a save takes some milliseconds."""

_CONNECT_SECONDS: Final = 10
_WRITING: Final = "midime_writing"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Database:
    """Transactions, and the few things that the two databases say differently."""

    def __init__(self, url: str) -> None:
        """Prepare for ``url``; nothing is opened before the first transaction.

        Raises:
            LibraryError: The address is none, or its folder cannot be made.
        """
        try:
            address = sa.make_url(url)
            if address.drivername in {"postgres", "postgresql"}:
                address = address.set(drivername="postgresql+psycopg")
            self.kind = address.get_backend_name()
            self._engine = _MAKERS[self.kind](address)
        except (ArgumentError, NoSuchModuleError, ImportError, KeyError, ValueError) as error:
            raise LibraryError(
                # Without the address itself: there may be a password in it.
                f"The library has no database: {DATABASE_URL} is not an address that can be used.",
                remedy="Whoever runs MidiMe sets it to postgresql://user:password@host/name, or "
                "to nothing for a file on this machine.",
            ) from error
        except OSError as error:
            raise library_error(error) from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is kept as a whole when it ends well, and not at all otherwise."""
        with self._engine.connect() as connection:
            connection = connection.execution_options(**{_WRITING: True})  # noqa: PLW2901 - the same
            with connection.begin():
                yield connection

    def insert_unless_there(self, table: sa.Table, **values: Any) -> sa.Insert:
        """An INSERT that does nothing when a unique value is taken already."""
        insert = sqlite.insert if self.kind == "sqlite" else postgresql.insert
        return insert(table).values(**values).on_conflict_do_nothing()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


@contextmanager
def answering() -> Iterator[None]:
    """Database and store answer, or a sentence says that they do not."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise library_error(error) from error


def library_error(error: Exception) -> LibraryError:
    """What a visitor reads when the database or the store does not answer."""
    if getattr(error, "errno", None) in _FULL or "disk is full" in str(error):
        return LibraryError(
            "The library is full: there is no more room on its disk.",
            remedy="Download what you want to keep. Whoever runs MidiMe makes room.",
        )
    return LibraryError(
        "The library cannot be reached at this moment.",
        remedy="Try again in a minute; everything else goes on working. Whoever runs MidiMe finds "
        f"the reason in the log, and sets {DATA} or {DATABASE_URL}.",
    )


def _sqlite(address: sa.URL) -> sa.Engine:
    if address.database and address.database != ":memory:":
        # Songs are personal: other users of the machine have no business here.
        Path(address.database).expanduser().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        address = address.set(database=str(Path(address.database).expanduser()))
    engine = sa.create_engine(address, connect_args={"timeout": WAIT_SECONDS})
    sa.event.listen(engine, "connect", _prepare_connection)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _postgresql(address: sa.URL) -> sa.Engine:
    # A server may have been restarted since, and one that is away must not hold a page for minutes.
    waiting = {"connect_timeout": _CONNECT_SECONDS}
    return sa.create_engine(address, pool_pre_ping=True, connect_args=waiting)


_MAKERS: Final = {"sqlite": _sqlite, "postgresql": _postgresql}


def _prepare_connection(connection: Any, _record: object) -> None:
    # Python's own idea of when a transaction begins is in the way of BEGIN IMMEDIATE.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {1000 * WAIT_SECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _use_write_ahead_log(connection)


def _use_write_ahead_log(connection: Any) -> None:
    """Several processes may want this of a new file at once: SQLite does not wait here itself."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: sa.Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
