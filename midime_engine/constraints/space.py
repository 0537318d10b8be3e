"""The latent space in which a constraint is trained: where one starts there, and what is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.protocols import FloatArray, LatentsLike

__all__ = ["Space"]

_REAL_SHARE: Final = 0.25
"""Of the places from which the actor learns to move: it is asked to move real music too, but
first of all what the model dreams."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What a constraint must know of a latent space; nothing of the model behind it."""

    posterior: LatentsLike
    """Of real pieces, ``[n, z_size]``; at least one."""

    draw: Callable[[int, int], FloatArray]
    """From a number and a seed to so many places from which the model dreams, ``[n, z_size]``."""

    @property
    def z_size(self) -> int:
        """Numbers per place."""
        return int(self.posterior.mu.shape[1])

    @property
    def scale(self) -> FloatArray:
        """How far each dimension may move before it is heard: the mean sigma, ``[z_size]``."""
        return np.asarray(self.posterior.sigma.mean(axis=0), np.float32)

    def real(self, n: int, rng: np.random.Generator) -> FloatArray:
        """``n`` samples of the posteriors of real pieces, ``[n, z_size]``."""
        rows = rng.integers(0, len(self.posterior.mu), n)
        noise = rng.standard_normal((n, self.z_size), np.float32)
        return np.asarray(self.posterior.mu[rows] + self.posterior.sigma[rows] * noise, np.float32)

    def starts(self, n: int, seed: int) -> FloatArray:
        """``n`` places to move away from, mostly dreamt and some real, ``[n, z_size]``."""
        rng = np.random.default_rng([seed, n])
        places = np.array(self.draw(n, seed), np.float32)
        n_real = int(n * _REAL_SHARE)
        places[rng.permutation(n)[:n_real]] = self.real(n_real, rng)
        return places
