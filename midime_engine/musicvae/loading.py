"""A name or a path to a model that is ready to run."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from midime_engine.musicvae.cards import locate
from midime_engine.musicvae.checkpoint import read_checkpoint
from midime_engine.musicvae.model import MusicVAE

__all__ = ["load"]


def load(name_or_path: str | Path) -> MusicVAE:
    """Load an embedded model by its name, or any checkpoint by its path.

    Args:
        name_or_path: a name that :func:`midime_engine.musicvae.available` lists, or the path of a
            ``.safetensors`` file, a ``.tar``, a TensorFlow prefix or a Magenta.js folder.

    Raises:
        UnknownModelError: it is neither.
        CheckpointError: the checkpoint cannot be read or does not fit.
    """
    found = locate(name_or_path)
    if isinstance(found, Path):
        checkpoint = read_checkpoint(found)
        return MusicVAE(checkpoint.config, checkpoint.arrays)
    checkpoint = read_checkpoint(found.path)
    config = dataclasses.replace(checkpoint.config, name=found.name)
    return MusicVAE(config, checkpoint.arrays)
