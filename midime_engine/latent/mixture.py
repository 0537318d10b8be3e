"""Where in the latent space music lies: a mixture of Gaussians fitted to posteriors.

A VAE is trained towards a standard normal prior, but what its encoder really fills, the
*aggregate posterior*, is some other cloud: correlated, off centre, with hollows. Draws from the
prior fall beside it, and decode to music that no song resembles. A mixture fitted to the latent
vectors of real windows is a better place to draw from, and needs no retraining (Ghosh et al.,
"From variational to deterministic autoencoders", 2020, call this ex-post density estimation).

Only the dimensions that carry information are modelled; the others stay standard normal.
Expectation maximisation with full covariances, NumPy only, deterministic for a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

    Doubles = npt.NDArray[np.float64]

__all__ = ["Mixture"]

_ROUNDS: Final = 20
"""Of expectation maximisation; samples are no nearer to music after forty."""

_RIDGE: Final = 1e-2
"""Added to every variance, so that no component closes in on single windows and copies them."""

_FEWEST: Final = 2
"""Vectors per component and modelled dimension, at least: fewer would be learnt by heart."""


_NOTHING: Final = 1e-12
"""Smaller shares of a vector count as none: denormal numbers make products crawl."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """A density over ``z``, cheap to store and to draw from."""

    z_size: int

    dimensions: npt.NDArray[np.int64]
    """Which of the ``z_size`` are modelled, ``[d]``; all others are standard normal."""

    weights: FloatArray
    """Share of each of the ``k`` components, ``[k]``, adding up to 1."""

    means: FloatArray
    """``[k, d]``."""

    factors: FloatArray
    """Lower Cholesky factors of the covariances, ``[k, d, d]``."""

    def __post_init__(self) -> None:
        """Check that the shapes belong together."""
        k, d = len(self.weights), len(self.dimensions)
        if self.means.shape != (k, d) or self.factors.shape != (k, d, d) or not k:
            shapes = f"{self.weights.shape}, {self.means.shape} and {self.factors.shape}"
            raise ValueError(f"weights, means and factors do not fit: {shapes}.")
        if d and not 0 <= self.dimensions.min() <= self.dimensions.max() < self.z_size:
            raise ValueError(f"dimensions must be 0..{self.z_size - 1}.")

    @classmethod
    def fit(
        cls,
        z: FloatArray,
        *,
        dimensions: npt.ArrayLike,
        n_components: int = 16,
        seed: int = 0,
    ) -> Mixture:
        """Fit to latent vectors ``[n, z_size]``, best drawn from posteriors, not their means.

        Too few vectors get fewer components than asked for.

        Raises:
            ValueError: If ``z`` is no matrix, has fewer than two rows or is not finite, or
                ``n_components`` is below one.
        """
        z = np.asarray(z, np.float32)
        if z.ndim != 2 or len(z) < 2 or not np.isfinite(z).all():  # noqa: PLR2004 - a matrix, two rows
            raise ValueError(f"z must be a finite [n, z_size] with n at least 2; got {z.shape}.")
        if n_components < 1:
            raise ValueError(f"n_components must be at least 1; got {n_components}.")
        chosen = np.asarray(dimensions, np.int64)
        points = z[:, chosen]  # float32: its products are the cost of all this
        enough = len(points) // (_FEWEST * max(1, len(chosen)))
        k = max(1, min(n_components, enough))
        # From means that are windows, and the covariance of all of them.
        order = np.random.default_rng(seed).permutation(len(points))
        weights, means = np.full(k, 1.0 / k), points[order[:k]].astype(np.float64)
        factors = np.repeat(_factor(np.cov(points, rowvar=False), len(chosen))[None], k, axis=0)
        for _ in range(_ROUNDS):
            shares = _responsibilities(points, weights, means, factors)  # [n, k]
            total = shares.sum(axis=0, dtype=np.float64) + np.finfo(np.float64).tiny
            weights, means = total / total.sum(), (shares.T @ points) / total[:, None]
            for j in range(k):
                centred = points - means[j].astype(np.float32)
                covariance = (centred * shares[:, [j]]).T @ centred / total[j]
                factors[j] = _factor(covariance, len(chosen))
        parts = (np.asarray(array, np.float32) for array in (weights, means, factors))
        return cls(z.shape[1], chosen, *parts)

    def sample(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` draws, ``[n, z_size]``; the first of them do not depend on ``n``."""
        noise = np.random.default_rng([seed, 1]).standard_normal((n, self.z_size), np.float32)
        uniform = np.random.default_rng([seed, 3]).random(n)
        component = np.searchsorted(np.cumsum(self.weights), uniform * np.sum(self.weights))
        component = np.minimum(component, len(self.weights) - 1)
        drawn = noise.copy()
        for j in np.unique(component):
            rows = np.flatnonzero(component == j)[:, None]
            # Row by row: a matrix product rounds differently for other numbers of rows.
            coloured = np.einsum("ij,kj->ik", noise[rows, self.dimensions], self.factors[j])
            drawn[rows, self.dimensions] = self.means[j] + coloured
        return drawn


def _factor(covariance: Doubles, d: int) -> Doubles:
    ridged = covariance.reshape(d, d) + _RIDGE * np.eye(d)
    return np.asarray(np.linalg.cholesky(ridged), np.float64)


def _responsibilities(
    points: FloatArray, weights: Doubles, means: Doubles, factors: Doubles
) -> FloatArray:
    """Probability of each component for each point, ``[n, k]``."""
    logs = np.empty((len(points), len(weights)))
    for j, factor in enumerate(factors):
        whitening = np.linalg.inv(factor).T.astype(np.float32)
        whitened = (points - means[j].astype(np.float32)) @ whitening
        logs[:, j] = (
            np.log(weights[j])
            - 0.5 * np.square(whitened).sum(axis=1, dtype=np.float64)
            - np.log(np.diag(factor)).sum()
        )
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares[shares < _NOTHING] = 0.0
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)
