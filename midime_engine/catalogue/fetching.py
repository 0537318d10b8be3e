"""Catalogue entries to checkpoints on this machine.

A checkpoint is a folder of the cache with its files and ``origin.json``. It is put together in a
folder beside, which takes its name only when all is there and checked, so what carries the name is
whole. One process or thread at a time downloads a checkpoint; others wait and then use it.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from midime_engine.catalogue import contents, digests
from midime_engine.catalogue.disk import disk_error
from midime_engine.catalogue.download import download, partial_bytes
from midime_engine.catalogue.entries import require_supported
from midime_engine.catalogue.origin import Origin
from midime_engine.catalogue.patience import Patience
from midime_engine.catalogue.settings import (
    MAX_DOWNLOAD,
    cache_folder,
    max_bytes,
    mirrored,
)
from midime_engine.errors import DownloadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from midime_engine.catalogue.entry import Entry

    Progress = Callable[[int, int | None], None]

__all__ = ["fetch", "folder_of", "is_cached"]

_JSON_BYTES: Final = 1_000_000
"""The largest manifest, of trio_16bar, has some ten thousand."""

_LEEWAY: Final = 1.25
"""Sizes are published in megabytes of a thousand or 1,024 thousand bytes, rounded."""

_WAIT: Final = 0.5
"""Seconds between two looks at a download that another session has under way."""

_DESCRIPTION: Final = "config.json"
_MANIFEST: Final = "weights_manifest.json"


def folder_of(entry: Entry) -> Path:
    """The folder of the cache that is, or would be, for ``entry``."""
    return cache_folder() / "magenta" / entry.slug


def is_cached(entry: Entry) -> bool:
    """Whether ``entry`` has been downloaded; the files are looked at, not read."""
    folder = folder_of(entry)
    origin = Origin.read(folder)
    return origin is not None and origin.has_sizes(folder)


def fetch(
    entry: Entry, *, progress: Progress | None = None, patience: Patience | None = None
) -> Path:
    """The checkpoint of ``entry`` on this machine, downloaded if it is not there yet.

    Args:
        entry: what is wanted.
        progress: told the bytes that have come and the bytes of all (None if nobody knows), many
            times a second; whatever it raises ends the download, which can be taken up again.
        patience: how long to wait for the server.

    Returns:
        A path that ``musicvae.load`` takes: a tar, or a folder of Magenta.js. Its files are as
        they were when they were downloaded.

    Raises:
        UnknownModelError: the entry is listed but cannot be used.
        DownloadError: it cannot be had, or is not what it was; nothing half is left to be used.
        OptionError: an environment variable is set to nonsense.
    """
    require_supported(entry)
    folder = folder_of(entry)
    if not _is_whole(folder):
        report = progress or _ignore
        with _alone(entry, folder, report):
            if not _is_whole(folder):
                try:
                    _bring(entry, folder, report, patience or Patience())
                except OSError as error:
                    raise disk_error(error, folder.parent) from error
    return folder / _tar_name(entry) if entry.family == "python" else folder


def _ignore(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def _is_whole(folder: Path) -> bool:
    origin = Origin.read(folder)
    return origin is not None and not origin.changed(folder)


def _tar_name(entry: Entry) -> str:
    return f"{entry.slug}.tar"


def _staging(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.incomplete")


@contextmanager
def _alone(entry: Entry, folder: Path, report: Progress) -> Iterator[None]:
    """Hold the lock of ``folder``; while another holds it, report how far that one is."""
    import filelock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Without the fallback, whose locks outlive a process that is killed.
        lock = filelock.FileLock(folder.with_name(f"{folder.name}.lock"), fallback_to_soft=False)
        while True:
            try:
                lock.acquire(timeout=_WAIT)
                break
            except filelock.Timeout:
                # Sizes only: the files may be renamed under our eyes.
                done = sum(partial_bytes(path) for path in _staging(folder).glob("*"))
                report(done, entry.least_bytes)
    except NotImplementedError as error:
        raise disk_error(OSError(str(error)), folder.parent) from error
    except OSError as error:
        raise disk_error(error, folder.parent) from error
    try:
        yield
    finally:
        lock.release()


def _bring(entry: Entry, folder: Path, report: Progress, patience: Patience) -> None:
    """Download into the folder beside, check, and give it its name."""
    allowed = _allowed_bytes(entry)
    earlier = Origin.read(folder)
    staging = _staging(folder)
    staging.mkdir(exist_ok=True)
    transfer = _Transfer(entry, staging, allowed, report, patience)
    try:
        names = transfer.run()
    except ValueError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise DownloadError(
            f"What is at {mirrored(entry.url)} is not the checkpoint {entry.name}: {error}.",
            remedy="Try again later or from another network. The embedded models need none.",
        ) from error
    origin = Origin.of(staging, names, url=mirrored(entry.url))
    if earlier is not None and set(earlier.files) != set(origin.files):
        shutil.rmtree(staging, ignore_errors=True)
        raise DownloadError(
            f"What is at {origin.url} is not what was downloaded there on {earlier.fetched[:10]}, "
            "and the copy on this machine is damaged.",
            remedy=f"If you trust the new files, delete {folder} and try again.",
        )
    origin.write(staging)
    if folder.exists():
        shutil.rmtree(folder)
    staging.replace(folder)


def _allowed_bytes(entry: Entry) -> int:
    most = max_bytes()
    least = entry.least_bytes or 0
    if not most or least > most:
        raise DownloadError(
            f"{entry.name} ({entry.size}) may not be downloaded here: the limit is "
            f"{most / 1e6:,.0f} MB.",
            remedy="Choose an embedded model, or one that has been downloaded already; whoever "
            f"runs MidiMe sets the limit with {MAX_DOWNLOAD}.",
        )
    return most if entry.n_bytes is None else min(most, int(entry.n_bytes * _LEEWAY) + _JSON_BYTES)


class _Transfer:
    """The files of one checkpoint, one after another over one connection."""

    def __init__(
        self, entry: Entry, staging: Path, allowed: int, report: Progress, patience: Patience
    ) -> None:
        self.entry = entry
        self.staging = staging
        self.allowed = allowed
        self.report = report
        self.patience = patience
        self.known = dict(entry.digests)
        self.done = 0
        self.total = entry.least_bytes

    def run(self) -> tuple[str, ...]:
        """Bring all files; their names.

        Raises:
            ValueError: what came is no checkpoint, or not the one that is known.
            DownloadError: it did not come.
        """
        import requests

        with requests.Session() as self.session:
            if self.entry.family == "python":
                name = _tar_name(self.entry)
                self.total = None
                path = self._file(name, mirrored(self.entry.url), self.allowed)
                contents.require_tar(path)
                return (name,)
            return self._folder()

    def _folder(self) -> tuple[str, ...]:
        base = mirrored(self.entry.url)
        contents.require_description(
            self._file(_DESCRIPTION, f"{base}/{_DESCRIPTION}", _JSON_BYTES)
        )
        manifest = self._file(_MANIFEST, f"{base}/{_MANIFEST}", _JSON_BYTES)
        names, n_bytes = contents.shards(manifest)
        if self.done + n_bytes > self.allowed:
            raise ValueError(f"its weights would have {n_bytes:,} bytes")
        self.total = self.done + n_bytes
        left = n_bytes
        for name in names:
            left -= self._file(name, f"{base}/{name}", left).stat().st_size
        if left:
            raise ValueError(f"{left:,} bytes of its weights are missing")
        return (_DESCRIPTION, _MANIFEST, *names)

    def _file(self, name: str, url: str, allowed: int) -> Path:
        path = self.staging / name
        if not path.exists():

            def advance(have: int, total: int | None) -> None:
                self.report(self.done + have, self.total or total)

            download(
                self.session,
                url,
                path,
                max_bytes=allowed,
                patience=self.patience,
                advance=advance,
            )
        digest = self.known.get(name)
        if digest is not None and not digests.has_digest(path, digest):
            raise ValueError(f"{name} has not the content that is known of it")
        self.done += path.stat().st_size
        self.report(self.done, self.total or self.done)
        return path
