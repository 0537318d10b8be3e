"""The note beside a downloaded checkpoint: where it came from, and what its files looked like then.

Nobody publishes hashes of these files, so the first download is trusted and its digests are kept:
whatever changes afterwards, on the disk or at the source, is seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from midime_engine.catalogue import digests

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["FILENAME", "FileRecord", "Origin"]

FILENAME: Final = "origin.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as it was when it came."""

    name: str
    n_bytes: int
    digest: str
    """``sha256:`` and hex digits."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a folder of the cache came from."""

    url: str
    fetched: str
    """Date and time in UTC, ISO 8601."""

    files: tuple[FileRecord, ...]

    @classmethod
    def of(cls, folder: Path, names: Iterable[str], *, url: str) -> Self:
        """Describe the files ``names`` of ``folder``, which have come from ``url`` just now."""
        files = (
            FileRecord(name, (folder / name).stat().st_size, digests.sha256(folder / name))
            for name in names
        )
        return cls(url, datetime.now(UTC).isoformat(timespec="seconds"), tuple(files))

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The note in ``folder``; None if there is none, or none that can be read."""
        try:
            stored = json.loads((folder / FILENAME).read_text(encoding="utf-8"))
            if stored["version"] != _VERSION:
                return None
            files = tuple(
                FileRecord(str(name), int(file["bytes"]), str(file["digest"]))
                for name, file in stored["files"].items()
            )
            return cls(str(stored["url"]), str(stored["fetched"]), files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def write(self, folder: Path) -> None:
        """Leave the note in ``folder``."""
        files = {file.name: {"bytes": file.n_bytes, "digest": file.digest} for file in self.files}
        stored = {"version": _VERSION, "url": self.url, "fetched": self.fetched, "files": files}
        (folder / FILENAME).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")

    def has_sizes(self, folder: Path) -> bool:
        """Whether all files are there with their sizes; their content is not read."""
        try:
            return all((folder / f.name).stat().st_size == f.n_bytes for f in self.files)
        except OSError:
            return False

    def changed(self, folder: Path) -> tuple[str, ...]:
        """Names of the files that are missing or not as they were."""
        return tuple(file.name for file in self.files if not _is_as_recorded(folder, file))


def _is_as_recorded(folder: Path, file: FileRecord) -> bool:
    path = folder / file.name
    try:
        return path.stat().st_size == file.n_bytes and digests.has_digest(path, file.digest)
    except OSError:
        return False
