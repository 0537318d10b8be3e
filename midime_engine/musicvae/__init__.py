"""MusicVAE: bars of music to latent vectors and back, with Magenta's checkpoints.

Roberts, Engel, Raffel, Hawthorne, Eck: A Hierarchical Latent Vector Model for Learning Long-Term
Structure in Music, arXiv 1803.05428. The networks are ours; names, shapes and mathematics are
those of ``magenta/models/music_vae``.

    >>> from midime_engine import musicvae
    >>> model = musicvae.load("mel_2bar")                       # doctest: +SKIP
    >>> model.decode(model.encode(sequences).mu)                # doctest: +SKIP

Importing this package is cheap; TensorFlow loads with the first model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.musicvae.cards import DEFAULT_MODEL, ModelCard, available, locate
from midime_engine.musicvae.config import MusicVAEConfig, configs, get_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from midime_engine.musicvae.model import MusicVAE

__all__ = [
    "DEFAULT_MODEL",
    "ModelCard",
    "MusicVAEConfig",
    "available",
    "configs",
    "get_config",
    "load",
    "locate",
]


def load(
    name_or_path: str | Path, *, progress: Callable[[int, int | None], None] | None = None
) -> MusicVAE:
    """Load an embedded or a published model by its name, or any checkpoint by its path.

    See :func:`midime_engine.musicvae.loading.load`.
    """
    locate(name_or_path)  # A wrong name is known at once, not after TensorFlow has loaded.
    from midime_engine.musicvae import loading

    return loading.load(name_or_path, progress=progress)
