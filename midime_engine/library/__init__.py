"""What visitors keep and share: rows in SQLite or PostgreSQL, files in any store of fsspec.

    >>> from midime_engine.library import Content, Owner, open_library, secret
    >>> library = open_library()                                        # doctest: +SKIP
    >>> mine = Owner.by_secret(secret())
    >>> saved = library.save(mine, Content(model=b"...", base_model="mel_2bar"), name="My song")
    ... # doctest: +SKIP

SQLAlchemy, Alembic and fsspec are loaded when a library is opened, not before. Nothing in here
knows what a MidiMe is: whoever saves or opens one checks the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.library.names import clean_name, is_id, is_secret
from midime_engine.library.names import new_id as new_rater
from midime_engine.library.names import new_secret as secret
from midime_engine.library.owners import Owner
from midime_engine.library.records import (
    Content,
    Kind,
    Rater,
    Saved,
    Share,
    SharedContent,
    SongFile,
)

if TYPE_CHECKING:
    from midime_engine.library.library import Library

__all__ = [
    "Content",
    "Kind",
    "Owner",
    "Rater",
    "Saved",
    "Share",
    "SharedContent",
    "SongFile",
    "clean_name",
    "is_id",
    "is_secret",
    "new_rater",
    "open_library",
    "secret",
]


def open_library() -> Library:
    """The library that the host has set up (:mod:`midime_engine.library.settings`).

    Raises:
        LibraryError: Its database or store cannot be used.
        OptionError: A setting is no number.
    """
    from midime_engine.library.library import Library

    return Library.from_settings()
