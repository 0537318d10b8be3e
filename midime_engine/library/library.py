"""What visitors keep: saved MidiMes of owners, and the links under which others may open them.

A file is written before the row that names it, and removed after it, so whatever is listed can be
opened; a process that is killed in between leaves files that nobody sees until they are cleared
away. Every method but :meth:`Library.open_share` and :meth:`Library.require_share` asks who wants
it: what belongs to another does not exist.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import sqlalchemy as sa

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import migrating, settings
from midime_engine.library.blobs import BlobStore, digest_of
from midime_engine.library.database import Database, answering
from midime_engine.library.names import clean_name, is_id, new_id
from midime_engine.library.ratings import Ratings
from midime_engine.library.records import Content, Saved, Share, SharedContent, SongFile
from midime_engine.library.schema import BLOB, OWNER, RULES, SAVED, SHARE, SONG
from midime_engine.library.sweeping import purge, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from midime_engine.library.owners import Owner
    from midime_engine.library.settings import Limits

__all__ = ["MAX_SHARES", "Library"]

MAX_SHARES: Final = 20
"""Living links of one saved MidiMe: one for each friend of a band, with room to spare."""

_DAY: Final = 86_400
_SWEEP_SECONDS: Final = 3_600
_ATTEMPTS: Final = 5
"""A file may vanish under our hands when its last owner deletes it; not five times in a row."""


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
            with self._database.reading() as connection:
                self._require_room(connection, _owner_id(connection, owner), content.n_bytes)
            return self._save(owner, content, clean_name(name))

    def list_saved(self, owner: Owner) -> tuple[Saved, ...]:
        """What ``owner`` has saved, the latest first."""
        query = (
            sa.select(SAVED, _HAS_SONGS, _HAS_RULES)
            .join(OWNER)
            .where(OWNER.c.digest == owner.digest)
            .order_by(SAVED.c.created.desc(), SAVED.c.id)
        )
        with answering(), self._database.reading() as connection:
            return tuple(self._saved(row) for row in connection.execute(query))

    def open(self, owner: Owner, saved_id: str) -> Content:
        """All of what ``owner`` has saved under ``saved_id``."""
        with answering():
            with self._database.writing() as connection:
                row = _own_row(connection, owner, saved_id)
                _touch(connection, saved_id, self._now())
                songs = _song_rows(connection, saved_id)
                rules = _rules_digest(connection, saved_id)
            return self._content(row, songs, rules)

    def rename(self, owner: Owner, saved_id: str, name: str) -> None:
        """Call it ``name`` from now on."""
        with answering(), self._database.writing() as connection:
            _own_row(connection, owner, saved_id)
            renamed = sa.update(SAVED).where(SAVED.c.id == saved_id)
            connection.execute(renamed.values(name=clean_name(name)))

    def delete(self, owner: Owner, saved_id: str) -> None:
        """Remove it, its links, and its files unless something else consists of the same bytes."""
        with answering():
            with self._database.writing() as connection:
                row = _own_row(connection, owner, saved_id)
                digests = {row.model, *(song.data for song in _song_rows(connection, saved_id))}
                digests |= {_rules_digest(connection, saved_id)} - {None}
                connection.execute(sa.delete(SAVED).where(SAVED.c.id == saved_id))
            purge(self._database, self._store, digests)

    # Links for others.

    def share(
        self,
        owner: Owner,
        saved_id: str,
        *,
        with_songs: bool,
        position: Mapping[str, Any],
        days: int | None = None,
    ) -> Share:
        """Make a link to it that ends by itself after ``days``, by default as late as allowed.

        Args:
            owner: whose it is.
            saved_id: what is shared.
            with_songs: whether the songs can be heard under the link as well.
            position: where the sliders stand; JSON.
            days: how long it lives; not longer than the host allows.

        Raises:
            LibraryError: It has as many links as it may, or its songs are not stored.
        """
        now = self._now()
        allowed = self.limits.share_days
        life = _DAY * max(1, min(allowed, days or allowed))
        values = {
            "id": new_id(),
            "saved_id": saved_id,
            "with_songs": with_songs,
            "position": json.dumps(dict(position), allow_nan=False),
            "created": now,
            "expires": now + life,
        }
        with answering(), self._database.writing() as connection:
            row = _own_row(connection, owner, saved_id)
            if with_songs and not _song_rows(connection, saved_id):
                raise LibraryError(
                    "The songs were not saved with it, so no link can lead to them.",
                    remedy="Share the model alone, or save it again together with its songs.",
                )
            n_links = connection.scalar(
                sa.select(sa.func.count()).where(SHARE.c.saved_id == saved_id, *_alive(now))
            )
            if (n_links or 0) >= MAX_SHARES:
                raise LibraryError(
                    f"There are {MAX_SHARES} links to it already.",
                    remedy="End one of them on the library page, or send one that is there.",
                )
            _touch(connection, saved_id, now)
            connection.execute(sa.insert(SHARE).values(**values))
            made = connection.execute(sa.select(SHARE).where(SHARE.c.id == values["id"])).one()
            return _share(made, row)

    def list_shares(self, owner: Owner, saved_id: str) -> tuple[Share, ...]:
        """The links to it that open something, the latest first."""
        query = (
            sa.select(SHARE)
            .where(SHARE.c.saved_id == saved_id, *_alive(self._now()))
            .order_by(SHARE.c.created.desc(), SHARE.c.id)
        )
        with answering(), self._database.reading() as connection:
            row = _own_row(connection, owner, saved_id)
            return tuple(_share(share, row) for share in connection.execute(query))

    def revoke(self, owner: Owner, share_id: str) -> None:
        """End a link now.

        Raises:
            ShareError: The owner has no such link.
        """
        own = sa.select(SAVED.c.id).join(OWNER).where(OWNER.c.digest == owner.digest)
        revoked = (
            sa.update(SHARE)
            .where(SHARE.c.id == share_id, SHARE.c.saved_id.in_(own), SHARE.c.revoked.is_(None))
            .values(revoked=self._now())
        )
        with answering(), self._database.writing() as connection:
            if not connection.execute(revoked).rowcount:
                raise _unknown_share()

    def require_share(self, share_id: str) -> Share:
        """What is known of a living link; the id may come from anybody.

        Raises:
            ShareError: It never was, or is no more.
        """
        with answering(), self._database.reading() as connection:
            return self._living_share(connection, share_id)

    def open_share(self, share_id: str) -> SharedContent:
        """What a link leads to; the id may come from anybody.

        Raises:
            ShareError: It never was, or is no more.
        """
        with answering():
            with self._database.writing() as connection:
                share = self._living_share(connection, share_id)
                row = connection.execute(sa.select(SAVED).where(SAVED.c.id == share.saved_id)).one()
                _touch(connection, share.saved_id, self._now())
                songs = _song_rows(connection, share.saved_id) if share.with_songs else ()
                rules = _rules_digest(connection, share.saved_id)
            return SharedContent(share, self._content(row, songs, rules))

    @property
    def ratings(self) -> Ratings:
        """What visitors say about the music under a link."""

        def shared(connection: sa.Connection, share_id: str) -> str:
            return self._living_share(connection, share_id).saved_id

        return Ratings(self._database, shared, self._now)

    # Housekeeping.

    def sweep(self) -> None:
        """Remove what has expired, and files that nothing names any more."""
        with answering():
            self._swept = self._now()
            sweep(self._database, self._store, self.limits, now=int(self._swept))

    def _now(self) -> int:
        return int(self._clock())

    def _save(self, owner: Owner, content: Content, name: str) -> Saved:
        songs = [digest_of(song.data) for song in content.songs]
        files = {digest_of(content.model): content.model}
        files |= {digest: song.data for digest, song in zip(songs, content.songs, strict=True)}
        if content.rules is not None:
            files[digest_of(content.rules)] = content.rules
        for _ in range(_ATTEMPTS):
            self._announce(files)
            for data in files.values():
                self._store.put(data)
            with self._database.writing() as connection:
                if not self._are_there(connection, files):
                    continue
                return self._insert(connection, owner, content, name)
        raise LibraryError(
            "It could not be saved: others are deleting the same.", remedy="Try again."
        )

    def _announce(self, files: Mapping[str, bytes]) -> None:
        """Say that these files are coming, in an order in which nobody waits for another."""
        with self._database.writing() as connection:
            for digest in sorted(files):
                values = {"sha256": digest, "n_bytes": len(files[digest]), "touched": self._now()}
                connection.execute(self._database.insert_unless_there(BLOB, **values))
                renewed = sa.update(BLOB).where(BLOB.c.sha256 == digest)
                connection.execute(renewed.values(touched=self._now()))

    def _are_there(self, connection: sa.Connection, files: Iterable[str]) -> bool:
        """Whether rows and files are there, and hold the rows so that it remains so."""
        wanted = sorted(files)
        query = sa.select(BLOB.c.sha256).where(BLOB.c.sha256.in_(wanted)).order_by(BLOB.c.sha256)
        found = connection.scalars(query.with_for_update()).all()
        return list(found) == wanted and all(self._store.has(digest) for digest in wanted)

    def _insert(
        self, connection: sa.Connection, owner: Owner, content: Content, name: str
    ) -> Saved:
        now = self._now()
        values = {"digest": owner.digest, "created": now}
        connection.execute(self._database.insert_unless_there(OWNER, **values))
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
        query = sa.select(SAVED, _HAS_SONGS, _HAS_RULES).where(SAVED.c.id == saved_id)
        return self._saved(connection.execute(query).one())

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

    def _living_share(self, connection: sa.Connection, share_id: str) -> Share:
        if not is_id(share_id):
            raise ShareError(
                "This is no share link: a part of it is missing or changed.",
                remedy="Copy the whole link from the message in which you got it.",
            )
        query = (
            sa.select(SHARE, SAVED.c.name, SAVED.c.kind).join(SAVED).where(SHARE.c.id == share_id)
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            raise _unknown_share()
        if row.revoked is not None:
            raise ShareError(
                "This link was ended by whoever made it.", remedy="Ask them for another one."
            )
        if row.expires <= self._now():
            raise ShareError(
                f"This link ended on {_date(row.expires):%d %B %Y}.",
                remedy="Ask whoever sent it for another one.",
            )
        return _share(row, row)

    def _saved(self, row: Any) -> Saved:
        keep = self.limits.keep_days
        return Saved(
            id=row.id,
            name=row.name,
            base_model=row.base_model,
            song_names=tuple(json.loads(row.song_names)),
            settings=json.loads(row.settings),
            created=_date(row.created),
            expires=_date(row.used + keep * _DAY) if keep else None,
            has_songs=bool(row.has_songs),
            has_rules=bool(row.has_rules),
            kind=row.kind,
            n_bytes=int(row.n_bytes),
        )

    def _content(self, row: Any, songs: Iterable[Any], rules: str | None) -> Content:
        return Content(
            model=self._store.get(row.model),
            base_model=row.base_model,
            kind=row.kind,
            song_names=tuple(json.loads(row.song_names)),
            settings=json.loads(row.settings),
            details=json.loads(row.details),
            songs=tuple(
                SongFile(song.name, self._store.get(song.data), song.credit) for song in songs
            ),
            rules=None if rules is None else self._store.get(rules),
        )


_HAS_SONGS: Final = sa.exists().where(SONG.c.saved_id == SAVED.c.id).label("has_songs")
_HAS_RULES: Final = sa.exists().where(RULES.c.saved_id == SAVED.c.id).label("has_rules")


def _owner_id(connection: sa.Connection, owner: Owner) -> int:
    """The number of ``owner``; 0, which nobody has, for one who has saved nothing yet."""
    return connection.scalar(sa.select(OWNER.c.id).where(OWNER.c.digest == owner.digest)) or 0


def _own_row(connection: sa.Connection, owner: Owner, saved_id: str) -> Any:
    query = (
        sa.select(SAVED).join(OWNER).where(SAVED.c.id == saved_id, OWNER.c.digest == owner.digest)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise LibraryError(
            "This MidiMe is not in your library any more.",
            remedy="Choose another one from the list.",
        )
    return row


def _song_rows(connection: sa.Connection, saved_id: str) -> list[Any]:
    query = sa.select(SONG).where(SONG.c.saved_id == saved_id).order_by(SONG.c.place)
    return list(connection.execute(query))


def _rules_digest(connection: sa.Connection, saved_id: str) -> str | None:
    return connection.scalar(sa.select(RULES.c.data).where(RULES.c.saved_id == saved_id))


def _touch(connection: sa.Connection, saved_id: str, now: int) -> None:
    connection.execute(sa.update(SAVED).where(SAVED.c.id == saved_id).values(used=now))


def _alive(now: int) -> tuple[sa.ColumnElement[bool], ...]:
    return SHARE.c.revoked.is_(None), SHARE.c.expires > now


def _share(row: Any, saved: Any) -> Share:
    return Share(
        id=row.id,
        saved_id=row.saved_id,
        name=saved.name,
        kind=saved.kind,
        created=_date(row.created),
        expires=_date(row.expires),
        with_songs=bool(row.with_songs),
        position=json.loads(row.position),
    )


def _date(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _no_room(what: str) -> LibraryError:
    return LibraryError(what, remedy="Delete something on the library page, then save again.")


def _unknown_share() -> ShareError:
    return ShareError(
        "Nothing is shared under this link: it is mistyped, or what it led to was deleted.",
        remedy="Ask whoever sent it for another one.",
    )
