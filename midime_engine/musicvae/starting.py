"""Where in ``z`` a model without a song starts to play: its mixture, or the prior."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.musicvae.cards import ModelCard, locate
from midime_engine.musicvae.mixtures import read_mixture

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray

__all__ = ["standard_normal", "starting_points"]


def starting_points(name_or_path: str | Path, n: int, *, z_size: int, seed: int = 0) -> FloatArray:
    """What ``MusicVAE.starts`` of that model gives, ``[n, z_size]``, without loading it.

    Raises:
        UnknownModelError: there is no such model.
        CheckpointError: its mixture is damaged.
    """
    found = locate(name_or_path)
    path = found.path if isinstance(found, ModelCard) else found
    mixture = read_mixture(path) if isinstance(path, Path) else None
    if mixture is not None:
        return mixture.sample(n, seed=seed)
    return standard_normal(n, z_size, seed=seed)


def standard_normal(n: int, z_size: int, *, seed: int = 0) -> FloatArray:
    """``n`` draws from the prior, ``[n, z_size]``; the first of them do not depend on ``n``."""
    return np.random.default_rng([seed, 1]).standard_normal((n, z_size), np.float32)
