"""Transactions are whole, on both databases, whoever else is there."""

from __future__ import annotations

import errno
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from midime_engine.errors import LibraryError
from midime_engine.library import migrating
from midime_engine.library.database import Database, answering, library_error
from midime_engine.library.schema import OWNER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(database: Database) -> Database:
    """With its tables."""
    migrating.upgrade(database)
    return database


def count(database: Database) -> int:
    """How many owners there are."""
    with database.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(OWNER)) or 0)


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    """Whatever it has done before."""

    def fail_half_way() -> None:
        with database.writing() as connection:
            connection.execute(sa.insert(OWNER).values(digest="a", created=1))
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()
    assert count(database) == 0


def test_an_insert_of_what_is_there_does_nothing(database: Database) -> None:
    """And is no error."""
    for created in (1, 2):
        with database.writing() as connection:
            values = {"digest": "a", "created": created}
            connection.execute(database.insert_unless_there(OWNER, **values))
    assert count(database) == 1


def test_readers_do_not_wait_for_writers(database: Database) -> None:
    """They see what was there before."""
    with database.writing() as connection:
        connection.execute(sa.insert(OWNER).values(digest="a", created=1))
        assert count(database) == 0
    assert count(database) == 1


def test_writers_in_many_threads_wait_for_each_other(database: Database) -> None:
    """All get through, none is told that the database is locked."""

    def write(number: int) -> None:
        for i in range(10):
            with database.writing() as connection:
                n = connection.scalar(sa.select(sa.func.count()).select_from(OWNER))
                values = {"digest": f"{number} {i}", "created": n or 0}
                connection.execute(sa.insert(OWNER).values(**values))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 80


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    """And its folder is made, for nobody else on the machine."""
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'library.sqlite3'}")
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
    assert (tmp_path / "deep").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://root:geheim@db/x", "postgresql+no://x:geheim@"]
)
def test_an_address_that_cannot_be_used_is_explained(url: str) -> None:
    """Without repeating it: it may hold a password."""
    with pytest.raises(LibraryError, match="MIDIME_DATABASE_URL") as caught:
        Database(url)
    assert "geheim" not in f"{caught.value}{caught.value.remedy}"


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """As a library that cannot be reached."""
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be reached"):
        Database(f"sqlite:///{tmp_path / 'file' / 'library.sqlite3'}")


def test_a_full_disk_is_said_to_be_full() -> None:
    """Waiting a minute would not help."""
    assert "full" in str(library_error(OSError(errno.ENOSPC, "No space left on device")))
    assert "cannot be reached" in str(library_error(OSError(errno.EIO, "oops")))


def test_whatever_goes_wrong_is_said_in_a_sentence(database: Database) -> None:
    """Of database or store; a mistake of ours stays what it is."""

    def ask_for_nothing() -> None:
        with answering(), database.writing() as connection:
            connection.exec_driver_sql("SELECT nothing FROM nowhere")

    with pytest.raises(LibraryError, match="cannot be reached"):
        ask_for_nothing()
    with pytest.raises(LibraryError, match="full"), answering():
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ValueError, match="ours"), answering():
        raise ValueError("ours")
