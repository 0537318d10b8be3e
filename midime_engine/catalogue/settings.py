"""What whoever runs MidiMe can set about downloads: environment variables, read when they are used.

* ``MIDIME_CACHE``: the folder for downloaded checkpoints; without it the one that the system keeps
  for such things (``~/.cache/midime`` on Linux).
* ``MIDIME_MIRROR``: where to download from instead of ``https://storage.googleapis.com``: the same
  paths on another server, for a network that does not let everybody out.
* ``MIDIME_MAX_DOWNLOAD``: the largest download in megabytes; 0 allows none.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

from midime_engine.errors import OptionError

__all__ = ["CACHE", "MAX_DOWNLOAD", "MIRROR", "cache_folder", "max_bytes", "mirrored"]

CACHE: Final = "MIDIME_CACHE"
MIRROR: Final = "MIDIME_MIRROR"
MAX_DOWNLOAD: Final = "MIDIME_MAX_DOWNLOAD"

_HOST: Final = "https://storage.googleapis.com"
_MEGABYTE: Final = 1_000_000
_MOST: Final = 4 * 1024**3
"""The largest published checkpoint, with the optimiser's state, is about 2.8 GB."""


def cache_folder() -> Path:
    """Where downloaded checkpoints are kept; it need not exist yet."""
    chosen = os.environ.get(CACHE)
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path("midime", False)


def mirrored(url: str) -> str:
    """Where to fetch ``url`` from: there, or at the mirror."""
    mirror = os.environ.get(MIRROR, "").rstrip("/")
    if not mirror:
        return url
    if not mirror.startswith(("http://", "https://")):
        raise OptionError(
            f"{MIRROR} is {mirror!r}, which is no address.",
            remedy=f"Set it to one that begins with https://, or unset it to use {_HOST}.",
        )
    return mirror + url.removeprefix(_HOST)


def max_bytes() -> int:
    """The most that one checkpoint may take.

    Raises:
        OptionError: ``MIDIME_MAX_DOWNLOAD`` is no whole number.
    """
    chosen = os.environ.get(MAX_DOWNLOAD)
    if not chosen:
        return _MOST
    if not chosen.strip().isdecimal():
        raise OptionError(
            f"{MAX_DOWNLOAD} is {chosen!r}, which is no number of megabytes.",
            remedy="Set it to a whole number; 0 allows no downloads.",
        )
    return min(_MOST, int(chosen) * _MEGABYTE)
