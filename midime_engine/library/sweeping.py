"""Clearing away: what has expired, and files that nothing names any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from midime_engine.library.schema import BLOB, OWNER, RULES, SAVED, SHARE, SONG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.database import Database
    from midime_engine.library.settings import Limits

__all__ = ["GRACE_SECONDS", "REMEMBER_SECONDS", "purge", "sweep"]

_DAY: Final = 86_400

GRACE_SECONDS: Final = _DAY
"""A file without a row may be one that is being saved just now. No save takes a day."""

REMEMBER_SECONDS: Final = 90 * _DAY
"""For so long a link that has ended says why; after that nobody knows it any more."""


def purge(database: Database, store: BlobStore, digests: Iterable[str]) -> None:
    """Remove those files, and their rows, that nothing names.

    The file goes while its row is held: whoever wants to save the same bytes meanwhile waits, and
    then finds neither.
    """
    for digest in sorted(digests):
        with database.writing() as connection:
            row = sa.select(BLOB.c.sha256).where(BLOB.c.sha256 == digest).with_for_update()
            if connection.scalar(row) is None or _is_named(connection, digest):
                continue
            store.delete(digest)
            connection.execute(sa.delete(BLOB).where(BLOB.c.sha256 == digest))


def sweep(database: Database, store: BlobStore, limits: Limits, *, now: int) -> None:
    """Remove what has expired by ``now``, in seconds since 1970."""
    with database.writing() as connection:
        forgotten = now - REMEMBER_SECONDS
        connection.execute(
            sa.delete(SHARE).where(sa.or_(SHARE.c.expires < forgotten, SHARE.c.revoked < forgotten))
        )
        if limits.keep_days:
            shared = sa.select(SHARE.c.saved_id).where(
                SHARE.c.revoked.is_(None), SHARE.c.expires > now
            )
            unused = SAVED.c.used < now - limits.keep_days * _DAY
            connection.execute(sa.delete(SAVED).where(unused, SAVED.c.id.not_in(shared)))
        idle = sa.and_(
            OWNER.c.id.not_in(sa.select(SAVED.c.owner_id)), OWNER.c.created < now - GRACE_SECONDS
        )
        connection.execute(sa.delete(OWNER).where(idle))
    with database.reading() as connection:
        orphans = connection.scalars(
            sa.select(BLOB.c.sha256).where(
                BLOB.c.touched < now - GRACE_SECONDS,
                BLOB.c.sha256.not_in(sa.select(SAVED.c.model)),
                BLOB.c.sha256.not_in(sa.select(SONG.c.data)),
                BLOB.c.sha256.not_in(sa.select(RULES.c.data)),
            )
        ).all()
    purge(database, store, orphans)
    with database.reading() as connection:
        known = set(connection.scalars(sa.select(BLOB.c.sha256)))
    store.clear_away(keep=known, before=now - GRACE_SECONDS)


def _is_named(connection: sa.Connection, digest: str) -> bool:
    named = sa.or_(
        sa.exists().where(SAVED.c.model == digest),
        sa.exists().where(SONG.c.data == digest),
        sa.exists().where(RULES.c.data == digest),
    )
    return bool(connection.scalar(sa.select(named)))
