"""How much each number of a latent vector matters to the model that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import FloatArray
    from midime_engine.translation.pairs import Pairs

__all__ = ["precision"]

_SHARPEST: Final = 0.1
"""Standard deviation, as a share of the usual size of a number, below which none counts as known
better: else a few would be all."""

_TINY: Final = 1e-12
"""Instead of nothing, where all vectors are nothing."""


def precision(pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    """How much each number of a side matters to its model, ``[size]``.

    A base model that is unsure of a number (a posterior as wide as the prior) does not listen to
    it; one that it knows to a hundredth it needs to a hundredth. So errors count in standard
    deviations of the posterior.

    Models differ in the size of their vectors, too: that of three parts keeps to a sixth of its
    prior. So that neither side is neglected, losing a vector altogether costs 1 on both.
    """
    found = []
    for side in pairs.sides:
        variance = _mean_square(side.latents.sigma)
        size = _mean_square(side.latents.mu) + variance
        least = _SHARPEST**2 * max(float(size.mean()), _TINY)
        weight = 1.0 / np.maximum(variance, least)
        lost = float(np.mean(weight * size))
        found.append(np.asarray(weight / max(lost, _TINY), np.float32))
    return found[0], found[1]


def _mean_square(values: FloatArray) -> npt.NDArray[np.float64]:
    mean: npt.NDArray[np.float64] = np.mean(np.square(values, dtype=np.float64), axis=0)
    return mean
