"""Magenta's published MusicVAE checkpoints: which there are, and how they get onto this machine.

    >>> from midime_engine import catalogue
    >>> entry = catalogue.find("magenta/trio_4bar")
    >>> entry.n_bars, entry.size
    (4, '18 MB')
    >>> path = catalogue.fetch(entry)                            # doctest: +SKIP

No network library is loaded before the first download, and Keras never.
"""

from __future__ import annotations

from midime_engine.catalogue.entries import entries, find, require_supported
from midime_engine.catalogue.entry import PREFIX, Entry
from midime_engine.catalogue.fetching import fetch, folder_of, is_cached
from midime_engine.catalogue.patience import Patience
from midime_engine.catalogue.settings import cache_folder

__all__ = [
    "PREFIX",
    "Entry",
    "Patience",
    "cache_folder",
    "entries",
    "fetch",
    "find",
    "folder_of",
    "is_cached",
    "require_supported",
]
