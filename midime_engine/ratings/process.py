"""Gaussian process classification by Laplace's approximation, for a few dozen ballots.

Rasmussen and Williams, "Gaussian processes for machine learning" (2006), algorithms 3.1 and 3.2,
with a logistic likelihood of *contrasts* of the latent taste: a like is one piece above zero, a
preference is one piece above another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.latent.logistic import logistic

if TYPE_CHECKING:
    import numpy.typing as npt

    Doubles = npt.NDArray[np.float64]

__all__ = ["Fit", "fit"]

_ROUNDS: Final = 30
"""Of Newton's method; five are mostly enough."""

_CLOSE_ENOUGH: Final = 1e-8
_JITTER: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What ballots say about the taste, under one covariance."""

    evidence: float
    """Logarithm of how probable the ballots are under this covariance."""

    slopes: Doubles
    """Gradient of the log likelihood at the mode, by contrast, ``[m]``."""

    gain: Doubles
    """``(K + W⁻¹)⁻¹`` over the contrasts, ``[m, m]``."""

    def predict(self, cross: Doubles, own: Doubles) -> tuple[Doubles, Doubles]:
        """Mean and variance of the taste for new pieces.

        Args:
            cross: Covariance of new pieces with the contrasts, ``[n, m]``.
            own: Variance of each new piece before anything was rated, ``[n]``.
        """
        mean: Doubles = cross @ self.slopes
        variance: Doubles = own - ((cross @ self.gain) * cross).sum(axis=1)
        return mean, np.maximum(variance, _JITTER)


def fit(covariance: Doubles) -> Fit:
    """Find the mode of the taste for contrasts that are all positive.

    ``covariance`` is that of the contrasts, ``[m, m]``.
    """
    m = len(covariance)
    kernel = covariance + _JITTER * np.eye(m)
    f, a = np.zeros(m), np.zeros(m)
    objective = -np.inf
    for _ in range(_ROUNDS):
        chance = logistic(f)
        w = chance * (1.0 - chance)
        root = np.sqrt(w)
        factor = np.linalg.cholesky(np.eye(m) + root[:, None] * kernel * root)
        b = w * f + (1.0 - chance)
        solved = np.linalg.solve(factor, root * (kernel @ b))
        a = b - root * np.linalg.solve(factor.T, solved)
        f = kernel @ a
        reached = -0.5 * a @ f - np.logaddexp(0.0, -f).sum()
        if reached - objective < _CLOSE_ENOUGH:
            break
        objective = reached
    chance = logistic(f)
    root = np.sqrt(chance * (1.0 - chance))
    factor = np.linalg.cholesky(np.eye(m) + root[:, None] * kernel * root)
    scaled = np.linalg.solve(factor, np.diag(root))
    evidence = -0.5 * a @ f - np.logaddexp(0.0, -f).sum() - np.log(np.diag(factor)).sum()
    return Fit(float(evidence), 1.0 - chance, scaled.T @ scaled)
