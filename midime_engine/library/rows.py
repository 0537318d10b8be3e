"""From rows to records, and the rows that more than one question asks for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from midime_engine.errors import LibraryError
from midime_engine.library.records import Content, Saved, Share, SongFile
from midime_engine.library.schema import OWNER, RULES, SAVED, SONG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.owners import Owner

__all__ = [
    "DAY",
    "all_saved",
    "content_of",
    "date",
    "own_row",
    "rules_digest",
    "saved_of",
    "share_of",
    "song_rows",
    "touch",
]

DAY: Final = 86_400
"""Seconds."""


def all_saved() -> sa.Select[Any]:
    """The rows of :func:`saved_of`, of all owners."""
    has_songs = sa.exists().where(SONG.c.saved_id == SAVED.c.id).label("has_songs")
    has_rules = sa.exists().where(RULES.c.saved_id == SAVED.c.id).label("has_rules")
    return sa.select(SAVED, has_songs, has_rules)


def saved_of(row: Any, *, keep_days: int) -> Saved:
    """A row of :func:`all_saved` as a record.

    It goes ``keep_days`` after its last use; 0 keeps it for ever.
    """
    return Saved(
        id=row.id,
        name=row.name,
        base_model=row.base_model,
        song_names=tuple(json.loads(row.song_names)),
        settings=json.loads(row.settings),
        created=date(row.created),
        expires=date(row.used + keep_days * DAY) if keep_days else None,
        has_songs=bool(row.has_songs),
        has_rules=bool(row.has_rules),
        kind=row.kind,
        n_bytes=int(row.n_bytes),
    )


def content_of(row: Any, songs: Iterable[Any], rules: str | None, *, store: BlobStore) -> Content:
    """What is saved in ``row``, with its files from ``store``."""
    return Content(
        model=store.get(row.model),
        base_model=row.base_model,
        kind=row.kind,
        song_names=tuple(json.loads(row.song_names)),
        settings=json.loads(row.settings),
        details=json.loads(row.details),
        songs=tuple(SongFile(song.name, store.get(song.data), song.credit) for song in songs),
        rules=None if rules is None else store.get(rules),
    )


def share_of(row: Any, saved: Any) -> Share:
    """A row of links as a record; ``saved`` is the row of what it leads to."""
    return Share(
        id=row.id,
        saved_id=row.saved_id,
        name=saved.name,
        kind=saved.kind,
        created=date(row.created),
        expires=date(row.expires),
        with_songs=bool(row.with_songs),
        position=json.loads(row.position),
    )


def own_row(connection: sa.Connection, owner: Owner, saved_id: str) -> Any:
    """What ``owner`` has saved under that id.

    Raises:
        LibraryError: Nothing, or it is another's: what belongs to another does not exist.
    """
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


def song_rows(connection: sa.Connection, saved_id: str) -> list[Any]:
    """The songs that are stored with it, in their order."""
    query = sa.select(SONG).where(SONG.c.saved_id == saved_id).order_by(SONG.c.place)
    return list(connection.execute(query))


def rules_digest(connection: sa.Connection, saved_id: str) -> str | None:
    """Which file holds the rules that act on it."""
    return connection.scalar(sa.select(RULES.c.data).where(RULES.c.saved_id == saved_id))


def touch(connection: sa.Connection, saved_id: str, now: int) -> None:
    """Remember that it was in use ``now``, in seconds since 1970."""
    connection.execute(sa.update(SAVED).where(SAVED.c.id == saved_id).values(used=now))


def date(seconds: int) -> datetime:
    """The moment ``seconds`` after the beginning of 1970."""
    return datetime.fromtimestamp(seconds, UTC)
