"""A name or a path to a model that is ready to run."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from midime_engine.errors import UnknownModelError
from midime_engine.musicvae.cards import available
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
    for card in available():
        if card.name == name_or_path:
            checkpoint = read_checkpoint(card.path)
            config = dataclasses.replace(checkpoint.config, name=card.name)
            return MusicVAE(config, checkpoint.arrays)
    path = Path(name_or_path)
    if not path.exists() and not Path(f"{path}.index").exists():
        known = ", ".join(card.name for card in available())
        raise UnknownModelError(
            f"No model is called {str(name_or_path)!r}, and no checkpoint is at that path.",
            remedy=f"Choose one of {known}, or give the path of a checkpoint.",
        )
    checkpoint = read_checkpoint(path)
    return MusicVAE(checkpoint.config, checkpoint.arrays)
