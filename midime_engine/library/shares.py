"""Links under which others may open what an owner has saved.

Whoever makes, lists or ends one is asked for as the owner; whoever opens one may be anybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import rows
from midime_engine.library.database import answering
from midime_engine.library.names import is_id, new_id
from midime_engine.library.records import Share, SharedContent
from midime_engine.library.schema import OWNER, SAVED, SHARE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.database import Database
    from midime_engine.library.owners import Owner
    from midime_engine.library.settings import Limits

__all__ = ["MAX_SHARES", "Shares"]

MAX_SHARES: Final = 20
"""Living links of one saved MidiMe: one for each friend of a band, with room to spare."""


@dataclass(frozen=True)
class Shares:
    """The links to saved MidiMes, over a database and a store of files."""

    database: Database
    store: BlobStore
    limits: Limits
    clock: Callable[[], int]
    """Seconds since 1970."""

    def make(
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
        now = self.clock()
        allowed = self.limits.share_days
        life = rows.DAY * max(1, min(allowed, days or allowed))
        values = {
            "id": new_id(),
            "saved_id": saved_id,
            "with_songs": with_songs,
            "position": json.dumps(dict(position), allow_nan=False),
            "created": now,
            "expires": now + life,
        }
        with answering(), self.database.writing() as connection:
            row = rows.own_row(connection, owner, saved_id)
            if with_songs and not rows.song_rows(connection, saved_id):
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
            rows.touch(connection, saved_id, now)
            connection.execute(sa.insert(SHARE).values(**values))
            made = connection.execute(sa.select(SHARE).where(SHARE.c.id == values["id"])).one()
            return rows.share_of(made, row)

    def of(self, owner: Owner, saved_id: str) -> tuple[Share, ...]:
        """The links to it that open something, the latest first."""
        query = (
            sa.select(SHARE)
            .where(SHARE.c.saved_id == saved_id, *_alive(self.clock()))
            .order_by(SHARE.c.created.desc(), SHARE.c.id)
        )
        with answering(), self.database.reading() as connection:
            row = rows.own_row(connection, owner, saved_id)
            return tuple(rows.share_of(share, row) for share in connection.execute(query))

    def revoke(self, owner: Owner, share_id: str) -> None:
        """End a link now.

        Raises:
            ShareError: The owner has no such link.
        """
        own = sa.select(SAVED.c.id).join(OWNER).where(OWNER.c.digest == owner.digest)
        revoked = (
            sa.update(SHARE)
            .where(SHARE.c.id == share_id, SHARE.c.saved_id.in_(own), SHARE.c.revoked.is_(None))
            .values(revoked=self.clock())
        )
        with answering(), self.database.writing() as connection:
            if not connection.execute(revoked).rowcount:
                raise _unknown_share()

    def require(self, share_id: str) -> Share:
        """What is known of a living link; the id may come from anybody.

        Raises:
            ShareError: It never was, or is no more.
        """
        with answering(), self.database.reading() as connection:
            return self.living(connection, share_id)

    def open(self, share_id: str) -> SharedContent:
        """What a link leads to; the id may come from anybody.

        Raises:
            ShareError: It never was, or is no more.
        """
        with answering():
            with self.database.writing() as connection:
                share = self.living(connection, share_id)
                row = connection.execute(sa.select(SAVED).where(SAVED.c.id == share.saved_id)).one()
                rows.touch(connection, share.saved_id, self.clock())
                songs = rows.song_rows(connection, share.saved_id) if share.with_songs else ()
                rules = rows.rules_digest(connection, share.saved_id)
            return SharedContent(share, rows.content_of(row, songs, rules, store=self.store))

    def living(self, connection: sa.Connection, share_id: str) -> Share:
        """The link of that id, if it still opens something.

        Raises:
            ShareError: It never was, or is no more.
        """
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
        if row.expires <= self.clock():
            raise ShareError(
                f"This link ended on {rows.date(row.expires):%d %B %Y}.",
                remedy="Ask whoever sent it for another one.",
            )
        return rows.share_of(row, row)


def _alive(now: int) -> tuple[sa.ColumnElement[bool], ...]:
    return SHARE.c.revoked.is_(None), SHARE.c.expires > now


def _unknown_share() -> ShareError:
    return ShareError(
        "Nothing is shared under this link: it is mistyped, or what it led to was deleted.",
        remedy="Ask whoever sent it for another one.",
    )
