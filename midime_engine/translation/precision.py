"""How much each number of a latent vector matters to the model that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray
    from midime_engine.translation.pairs import Pairs

__all__ = ["precision"]

_SHARPEST: Final = 0.1
"""Standard deviation below which no number counts as known better: else a few would be all."""


def precision(pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    """How much each number of a side matters to its model, ``[size]`` with mean 1.

    A base model that is unsure of a number (a posterior as wide as the prior) does not listen to
    it; one that it knows to a hundredth it needs to a hundredth. So errors count in standard
    deviations of the posterior.
    """
    found = []
    for side in pairs.sides:
        sigma = np.maximum(np.sqrt(np.mean(np.square(side.latents.sigma), axis=0)), _SHARPEST)
        weight = 1.0 / np.square(sigma)
        found.append(np.asarray(weight / weight.mean(), np.float32))
    return found[0], found[1]
