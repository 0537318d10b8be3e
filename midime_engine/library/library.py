"""What visitors keep: saved MidiMes of owners, and the links under which others may open them.

A file is written before the row that names it, and removed after it, so whatever is listed can be
opened; a process that is killed in between leaves files that nobody sees until they are cleared
away. Every method asks who wants it: what belongs to another does not exist. Only a link
(:attr:`Library.shares`) opens what is somebody else's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Self

import sqlalchemy as sa

from midime_engine.library import migrating, rows, settings
from midime_engine.library.blobs import BlobStore
from midime_engine.library.database import Database, answering
from midime_engine.library.names import clean_name
from midime_engine.library.ratings import Ratings
from midime_engine.library.saving import Saving
from midime_engine.library.schema import OWNER, SAVED
from midime_engine.library.shares import Shares
from midime_engine.library.sweeping import purge, sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.library.owners import Owner
    from midime_engine.library.records import Content, Saved
    from midime_engine.library.settings import Limits

__all__ = ["Library"]

_SWEEP_SECONDS: Final = 3_600


class Library:
    """Saved MidiMes and share links over a database and a store of files."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Bring the schema up to date.

        Raises:
            LibraryError: The database does not answer, or is of a newer program.
        """
        self._database = database
        self._store = store
        self.limits = limits
        self._clock = clock
        self._swept = 0.0
        with answering():
            migrating.upgrade(database)

    @classmethod
    def from_settings(cls) -> Self:
        """The library that the host has set up (:mod:`midime_engine.library.settings`)."""
        database = Database(settings.database_url())
        return cls(database, BlobStore(settings.store_url()), settings.limits())

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    # What owners keep.

    def save(self, owner: Owner, content: Content, *, name: str) -> Saved:
        """Keep ``content`` for ``owner``.

        Raises:
            LibraryError: The owner, or the library as a whole, has no more room.
        """
        with answering():
            if self._now() - self._swept > _SWEEP_SECONDS:
                self.sweep()
            saving = Saving(self._database, self._store, self.limits, self._now)
            return saving.save(owner, content, clean_name(name))

    def list_saved(self, owner: Owner) -> tuple[Saved, ...]:
        """What ``owner`` has saved, the latest first."""
        query = (
            rows.all_saved()
            .join(OWNER)
            .where(OWNER.c.digest == owner.digest)
            .order_by(SAVED.c.created.desc(), SAVED.c.id)
        )
        with answering(), self._database.reading() as connection:
            found = connection.execute(query)
            return tuple(rows.saved_of(row, keep_days=self.limits.keep_days) for row in found)

    def open(self, owner: Owner, saved_id: str) -> Content:
        """All of what ``owner`` has saved under ``saved_id``."""
        with answering():
            with self._database.writing() as connection:
                row = rows.own_row(connection, owner, saved_id)
                rows.touch(connection, saved_id, self._now())
                songs = rows.song_rows(connection, saved_id)
                rules = rows.rules_digest(connection, saved_id)
            return rows.content_of(row, songs, rules, store=self._store)

    def rename(self, owner: Owner, saved_id: str, name: str) -> None:
        """Call it ``name`` from now on."""
        with answering(), self._database.writing() as connection:
            rows.own_row(connection, owner, saved_id)
            renamed = sa.update(SAVED).where(SAVED.c.id == saved_id)
            connection.execute(renamed.values(name=clean_name(name)))

    def delete(self, owner: Owner, saved_id: str) -> None:
        """Remove it, its links, and its files unless something else consists of the same bytes."""
        with answering():
            with self._database.writing() as connection:
                row = rows.own_row(connection, owner, saved_id)
                digests = {row.model, *(song.data for song in rows.song_rows(connection, saved_id))}
                digests |= {rows.rules_digest(connection, saved_id)} - {None}
                connection.execute(sa.delete(SAVED).where(SAVED.c.id == saved_id))
            purge(self._database, self._store, digests)

    # What others see and say.

    @property
    def shares(self) -> Shares:
        """The links under which others may open what is saved."""
        return Shares(self._database, self._store, self.limits, self._now)

    @property
    def ratings(self) -> Ratings:
        """What visitors say about the music under a link."""
        shares = self.shares

        def shared(connection: sa.Connection, share_id: str) -> str:
            return shares.living(connection, share_id).saved_id

        return Ratings(self._database, shared, self._now)

    # Housekeeping.

    def sweep(self) -> None:
        """Remove what has expired, and files that nothing names any more."""
        with answering():
            self._swept = self._now()
            sweep(self._database, self._store, self.limits, now=int(self._swept))

    def _now(self) -> int:
        return int(self._clock())
