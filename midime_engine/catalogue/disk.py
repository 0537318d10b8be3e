"""What it means for a download when the disk says no."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from midime_engine.catalogue.settings import CACHE
from midime_engine.errors import DownloadError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["disk_error"]

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def disk_error(error: OSError, folder: Path) -> DownloadError:
    """``error``, which came from writing into ``folder``, with its remedy."""
    if error.errno in _FULL:
        return DownloadError(
            "The disk is full.",
            remedy=f"Make room, or set {CACHE} to a folder on another disk; then try again.",
        )
    return DownloadError(
        f"{folder} cannot be written ({error.strerror or error}).",
        remedy=f"Set {CACHE} to a folder on this machine that may be written.",
    )
