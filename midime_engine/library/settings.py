"""What a host can set about the library: environment variables, read when they are used.

* ``MIDIME_DATA``: the folder for what visitors keep; without it the one that the system has for
  such things (``~/.local/share/midime`` on Linux).
* ``MIDIME_DATABASE_URL``: where the rows are: ``postgresql://user@host/name``, or SQLite in a file
  of that folder.
* ``MIDIME_STORE``: where the files are: a folder, or an address of fsspec (``s3://bucket/midime``).
  A store belongs to one database: what no row of it names is cleared away.
* ``MIDIME_SHARE_DAYS``, ``MIDIME_KEEP_DAYS``, ``MIDIME_MAX_SAVED``, ``MIDIME_MAX_SAVED_MB``,
  ``MIDIME_MAX_STORE_MB``: see :class:`Limits`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from midime_engine.errors import OptionError

__all__ = [
    "DATA",
    "DATABASE_URL",
    "KEEP_DAYS",
    "MAX_SAVED",
    "MAX_SAVED_MB",
    "MAX_STORE_MB",
    "SHARE_DAYS",
    "STORE",
    "Limits",
    "data_folder",
    "database_url",
    "limits",
    "store_url",
]

DATA: Final = "MIDIME_DATA"
DATABASE_URL: Final = "MIDIME_DATABASE_URL"
STORE: Final = "MIDIME_STORE"
SHARE_DAYS: Final = "MIDIME_SHARE_DAYS"
KEEP_DAYS: Final = "MIDIME_KEEP_DAYS"
MAX_SAVED: Final = "MIDIME_MAX_SAVED"
MAX_SAVED_MB: Final = "MIDIME_MAX_SAVED_MB"
MAX_STORE_MB: Final = "MIDIME_MAX_STORE_MB"

_MEGABYTE: Final = 1_000_000
_MOST: Final = 10_000_000
"""Of days or megabytes: enough for ever, and dates can still be reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much may be kept, and for how long."""

    share_days: int = 30
    """The longest life of a share link: a term of rehearsals, not for ever."""

    keep_days: int = 365
    """What nobody has opened for so long is deleted; 0 keeps it for ever."""

    max_saved: int = 100
    """MidiMes of one owner."""

    max_owner_bytes: int = 500 * _MEGABYTE
    """Of one owner: a hundred MidiMes of the usual size with their songs."""

    max_store_bytes: int = 20_000 * _MEGABYTE
    """Of all owners. Anybody can become one, so this is what protects the disk."""


def data_folder() -> Path:
    """Where the database and the files are, unless the host has put them elsewhere."""
    chosen = os.environ.get(DATA)
    return Path(chosen).expanduser() if chosen else platformdirs.user_data_path("midime", False)


def database_url() -> str:
    """Address of the database, as SQLAlchemy reads it."""
    return os.environ.get(DATABASE_URL) or f"sqlite:///{data_folder() / 'library.sqlite3'}"


def store_url() -> str:
    """Address of the files, as fsspec reads it."""
    return os.environ.get(STORE) or str(data_folder() / "store")


def limits() -> Limits:
    """What the host allows.

    Raises:
        OptionError: A variable is no whole number.
    """
    usual = Limits()
    return Limits(
        share_days=max(1, _number(SHARE_DAYS, usual.share_days)),
        keep_days=_number(KEEP_DAYS, usual.keep_days),
        max_saved=_number(MAX_SAVED, usual.max_saved),
        max_owner_bytes=_MEGABYTE * _number(MAX_SAVED_MB, usual.max_owner_bytes // _MEGABYTE),
        max_store_bytes=_MEGABYTE * _number(MAX_STORE_MB, usual.max_store_bytes // _MEGABYTE),
    )


def _number(name: str, otherwise: int) -> int:
    chosen = os.environ.get(name, "").strip()
    if not chosen:
        return otherwise
    if not (chosen.isascii() and chosen.isdecimal() and int(chosen) <= _MOST):
        raise OptionError(
            f"{name} is {chosen[:40]!r}, which is no number.",
            remedy=f"Set it to a whole number up to {_MOST:,}, or unset it for {otherwise}.",
        )
    return int(chosen)
