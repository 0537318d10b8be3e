"""A name or a path to a model that is ready to run."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from midime_engine import catalogue
from midime_engine.errors import CheckpointMismatchError
from midime_engine.musicvae.cards import locate
from midime_engine.musicvae.checkpoint import open_checkpoint
from midime_engine.musicvae.mixtures import read_mixture
from midime_engine.musicvae.model import MusicVAE

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.musicvae.checkpoint import Checkpoint

__all__ = ["load", "open_named"]


def load(
    name_or_path: str | Path, *, progress: Callable[[int, int | None], None] | None = None
) -> MusicVAE:
    """Load a model by its name, or any checkpoint by its path.

    Args:
        name_or_path: a name that :func:`midime_engine.musicvae.available` lists, one of
            :func:`midime_engine.catalogue.entries`, which is downloaded first unless it has been
            already, or the path of a ``.safetensors`` file, a ``.tar``, a TensorFlow prefix or a
            Magenta.js folder.
        progress: told the bytes of a download that have come, and the bytes of all or None.

    Raises:
        UnknownModelError: it is none of these.
        CheckpointError: the checkpoint cannot be read or does not fit.
        DownloadError: it cannot be downloaded.
    """
    checkpoint, weights = open_named(name_or_path, progress=progress)
    mixture = None if weights is None else read_mixture(weights)
    return MusicVAE(checkpoint.config, checkpoint.arrays, mixture=mixture)


def open_named(
    name_or_path: str | Path, *, progress: Callable[[int, int | None], None] | None = None
) -> tuple[Checkpoint, Path | None]:
    """What :func:`load` loads, its weights still on the disk, and where they lie.

    The place is None for a published checkpoint, which has nothing of ours beside it.

    Raises:
        UnknownModelError, CheckpointError, DownloadError: as :func:`load`.
    """
    found = locate(name_or_path)
    if isinstance(found, Path):
        return open_checkpoint(found), found
    weights = None
    if isinstance(found, catalogue.Entry):
        checkpoint = open_checkpoint(catalogue.fetch(found, progress=progress))
        _require_same_music(checkpoint, found)
    else:
        weights = found.path
        checkpoint = open_checkpoint(weights)
    config = dataclasses.replace(checkpoint.config, name=found.name)
    return dataclasses.replace(checkpoint, config=config), weights


def _require_same_music(checkpoint: Checkpoint, entry: catalogue.Entry) -> None:
    """What came under the name of ``entry`` plays what the catalogue says."""
    config = checkpoint.config
    if (config.parts, config.n_bars) != (entry.parts, entry.n_bars):
        raise CheckpointMismatchError(
            f"What was downloaded as {entry.name} is a model of {config.n_bars} bars of "
            f"{', '.join(config.parts)}.",
            remedy=f"Delete {catalogue.folder_of(entry)} to download it again, or choose another "
            "model.",
        )
