"""How content gets into the library: files first, then the row that names them.

A process that is killed in between leaves files that nobody sees until they are cleared away
(:mod:`midime_engine.library.sweeping`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from midime_engine.errors import LibraryError
from midime_engine.library import rows
from midime_engine.library.blobs import digest_of
from midime_engine.library.names import clean_name, new_id
from midime_engine.library.schema import BLOB, OWNER, RULES, SAVED, SONG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.database import Database
    from midime_engine.library.owners import Owner
    from midime_engine.library.records import Content, Saved
    from midime_engine.library.settings import Limits

__all__ = ["Saving"]

_ATTEMPTS: Final = 5
"""A file may vanish under our hands when its last owner deletes it; not five times in a row."""


@dataclass(frozen=True)
class Saving:
    """Saves into a database and a store of files, as far as there is room."""

    database: Database
    store: BlobStore
    limits: Limits
    clock: Callable[[], int]
    """Seconds since 1970."""

    def save(self, owner: Owner, content: Content, name: str) -> Saved:
        """Keep ``content`` for ``owner`` under that very name.

        Raises:
            LibraryError: The owner, or the library as a whole, has no more room.
        """
        with self.database.reading() as connection:
            self._require_room(connection, _owner_id(connection, owner), content.n_bytes)
        songs = [digest_of(song.data) for song in content.songs]
        files = {digest_of(content.model): content.model}
        files |= {digest: song.data for digest, song in zip(songs, content.songs, strict=True)}
        if content.rules is not None:
            files[digest_of(content.rules)] = content.rules
        for _ in range(_ATTEMPTS):
            self._announce(files)
            for data in files.values():
                self.store.put(data)
            with self.database.writing() as connection:
                if not self._are_there(connection, files):
                    continue
                return self._insert(connection, owner, content, name)
        raise LibraryError(
            "It could not be saved: others are deleting the same.", remedy="Try again."
        )

    def _announce(self, files: Mapping[str, bytes]) -> None:
        """Say that these files are coming, in an order in which nobody waits for another."""
        with self.database.writing() as connection:
            for digest in sorted(files):
                values = {"sha256": digest, "n_bytes": len(files[digest]), "touched": self.clock()}
                connection.execute(self.database.insert_unless_there(BLOB, **values))
                renewed = sa.update(BLOB).where(BLOB.c.sha256 == digest)
                connection.execute(renewed.values(touched=self.clock()))

    def _are_there(self, connection: sa.Connection, files: Iterable[str]) -> bool:
        """Whether rows and files are there, and hold the rows so that it remains so."""
        wanted = sorted(files)
        query = sa.select(BLOB.c.sha256).where(BLOB.c.sha256.in_(wanted)).order_by(BLOB.c.sha256)
        found = connection.scalars(query.with_for_update()).all()
        return list(found) == wanted and all(self.store.has(digest) for digest in wanted)

    def _insert(
        self, connection: sa.Connection, owner: Owner, content: Content, name: str
    ) -> Saved:
        now = self.clock()
        values = {"digest": owner.digest, "created": now}
        connection.execute(self.database.insert_unless_there(OWNER, **values))
        # Held until the end, so that two saves of one owner do not both take the last place.
        mine = sa.select(OWNER.c.id).where(OWNER.c.digest == owner.digest).with_for_update()
        owner_id = connection.scalars(mine).one()
        self._require_room(connection, owner_id, content.n_bytes)
        saved_id = new_id()
        connection.execute(
            sa.insert(SAVED).values(
                id=saved_id,
                owner_id=owner_id,
                name=name,
                base_model=content.base_model,
                kind=content.kind,
                song_names=json.dumps([clean_name(song) for song in content.song_names]),
                settings=json.dumps(dict(content.settings), allow_nan=False),
                details=json.dumps(dict(content.details), allow_nan=False),
                model=digest_of(content.model),
                n_bytes=content.n_bytes,
                created=now,
                used=now,
            )
        )
        for place, song in enumerate(content.songs):
            values = {
                "name": clean_name(song.name),
                "credit": " ".join(song.credit.split()),
                "data": digest_of(song.data),
            }
            connection.execute(sa.insert(SONG).values(saved_id=saved_id, place=place, **values))
        if content.rules is not None:
            digest = digest_of(content.rules)
            connection.execute(sa.insert(RULES).values(saved_id=saved_id, data=digest))
        query = rows.all_saved().where(SAVED.c.id == saved_id)
        row = connection.execute(query).one()
        return rows.saved_of(row, keep_days=self.limits.keep_days)

    def _require_room(self, connection: sa.Connection, owner_id: int, n_bytes: int) -> None:
        own = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(SAVED.c.n_bytes), 0))
        n_saved, n_own = connection.execute(own.where(SAVED.c.owner_id == owner_id)).one()
        n_all = connection.scalar(sa.select(sa.func.coalesce(sa.func.sum(BLOB.c.n_bytes), 0)))
        if n_saved >= self.limits.max_saved:
            raise _no_room(f"Your library holds {n_saved} MidiMes, as many as it may.")
        if n_own + n_bytes > self.limits.max_owner_bytes:
            raise _no_room(f"Your library is full: {int(n_own) / 1e6:,.0f} MB are stored.")
        if int(n_all or 0) + n_bytes > self.limits.max_store_bytes:
            raise LibraryError(
                "This server has no more room for anybody's MidiMes.",
                remedy="Download your MidiMe as a file instead; it can be imported again.",
            )


def _owner_id(connection: sa.Connection, owner: Owner) -> int:
    """The number of ``owner``; 0, which nobody has, for one who has saved nothing yet."""
    return connection.scalar(sa.select(OWNER.c.id).where(OWNER.c.digest == owner.digest)) or 0


def _no_room(what: str) -> LibraryError:
    return LibraryError(what, remedy="Delete something on the library page, then save again.")
