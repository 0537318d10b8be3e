"""Files by what they hold: the name of a file is the SHA-256 of its bytes.

Written under a temporary name and renamed, so what carries a digest is whole; compared with the
digest whenever it is read. The place is anything that fsspec knows, by default a folder.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from midime_engine.errors import LibraryError
from midime_engine.library.settings import STORE

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["BlobStore", "digest_of"]

_INCOMING: Final = "incoming"
_BLOBS: Final = "blobs"
_HEX: Final = frozenset("0123456789abcdef")
_DIGITS: Final = 64


def digest_of(data: bytes) -> str:
    """The name of ``data``."""
    return hashlib.sha256(data).hexdigest()


class BlobStore:
    """A content-addressed store."""

    def __init__(self, url: str) -> None:
        """Open the store at ``url``: a folder, or an address of fsspec.

        Raises:
            LibraryError: Nothing here knows such an address.
        """
        import fsspec

        try:
            # Other processes write here too: no listing may be remembered.
            self._files, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        except (ValueError, ImportError) as error:
            raise LibraryError(
                f"The library has no place for files: {STORE} cannot be used ({error}).",
                remedy="Whoever runs MidiMe sets it to a folder, or installs what the address "
                "needs (s3fs for s3://).",
            ) from error
        self._root = root.rstrip("/")

    def put(self, data: bytes) -> str:
        """Keep ``data``; its digest. What is there already is not written again."""
        digest = digest_of(data)
        if self.has(digest):
            return digest
        part = f"{self._root}/{_INCOMING}/{secrets.token_hex(16)}"
        target = self._path(digest)
        self._files.makedirs(f"{self._root}/{_INCOMING}", exist_ok=True)
        self._files.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        try:
            self._files.pipe_file(part, data)
            self._files.mv(part, target)
        except BaseException:
            with suppress(OSError):
                self._files.rm_file(part)
            raise
        return digest

    def has(self, digest: str) -> bool:
        """Whether there is a file of that name."""
        return bool(self._files.exists(self._path(digest)))

    def get(self, digest: str) -> bytes:
        """The bytes called ``digest``.

        Raises:
            LibraryError: They are not there, or are no longer what they were.
        """
        try:
            data = bytes(self._files.cat_file(self._path(digest)))
        except FileNotFoundError as error:
            raise _damaged("is missing") from error
        if digest_of(data) != digest:
            raise _damaged("is damaged")
        return data

    def delete(self, digest: str) -> None:
        """Remove the file of that name if there is one."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(digest))

    def digests(self) -> set[str]:
        """The names of all files."""
        paths = self._files.find(f"{self._root}/{_BLOBS}")
        return {name for name in (path.rsplit("/", 1)[-1] for path in paths) if _is_digest(name)}

    def clear_away(self, *, keep: Collection[str], before: float) -> int:
        """Remove what was written before that time (seconds since 1970) and is not to be kept.

        Returns how many files went, left-overs of broken writes included.
        """
        strays = [self._path(digest) for digest in self.digests() if digest not in keep]
        strays += self._files.find(f"{self._root}/{_INCOMING}")
        n_removed = 0
        for path in strays:
            with suppress(FileNotFoundError):  # Another process clears away as well.
                if self._modified(path).timestamp() < before:
                    self._files.rm_file(path)
                    n_removed += 1
        return n_removed

    def _modified(self, path: str) -> datetime:
        modified: datetime = self._files.modified(path)
        return modified if modified.tzinfo else modified.replace(tzinfo=UTC)

    def _path(self, digest: str) -> str:
        if not _is_digest(digest):
            raise ValueError(f"{digest!r} is no digest.")
        return f"{self._root}/{_BLOBS}/{digest[:2]}/{digest}"


def _is_digest(name: str) -> bool:
    return len(name) == _DIGITS and set(name) <= _HEX


def _damaged(what: str) -> LibraryError:
    return LibraryError(
        f"A file of what was saved {what}.",
        remedy="Delete it, and train it again or import the copy that you have downloaded.",
    )
