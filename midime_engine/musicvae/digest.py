"""Which weights a model has: so that somebody else can tell whether theirs are the same."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from midime_engine import catalogue
from midime_engine.errors import CheckpointError
from midime_engine.musicvae.cards import ModelCard, locate

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["digest_of"]


def digest_of(name_or_path: str | Path) -> str:
    """SHA-256 of the weights of a model on this disk, 64 hex digits; no network is built.

    A checkpoint of one file has the digest of that file. One of several has the digest of the
    lines ``digest  name``, as ``sha256sum`` would write them, in the order of the names.

    Args:
        name_or_path: as for :func:`midime_engine.musicvae.load`.

    Raises:
        UnknownModelError: there is no such model.
        CheckpointError: its files cannot be read.
        DownloadError: it has yet to be downloaded, and that fails.
    """
    found = locate(name_or_path)
    if isinstance(found, ModelCard):
        return _of_files([found.path])
    path = catalogue.fetch(found) if isinstance(found, catalogue.Entry) else found
    return _of_files(_files(path))


def _files(path: Path) -> list[Path]:
    """The files of a checkpoint: itself, what is in its folder, or what its prefix names."""
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file())
    return sorted(path.parent.glob(f"{path.name}.*"))


def _of_files(paths: list[Path]) -> str:
    digests = {}
    for path in paths:
        try:
            with path.open("rb") as file:
                digests[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise CheckpointError(
                f"The weights in {path.name} cannot be read ({error.strerror}).",
                remedy="Install MidiMe again, or name another model.",
            ) from error
    if len(digests) == 1:
        return next(iter(digests.values()))
    lines = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    return hashlib.sha256(lines.encode()).hexdigest()
