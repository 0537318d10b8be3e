"""Which part of a plane through a personal space its model considers likely.

The density is that of a mixture: half of it the prior, from which the model dreams, half of it the
posteriors of the song's chunks, each with the same weight. Seen on a plane (an orthonormal
projection, :class:`~midime_engine.latent.projection.Pca`) a Gaussian stays a Gaussian, so the
density there is exact. It is told as *mass*: the share of everything that the model may play that
lies where the density is higher. A contour at 0.5 holds the likelier half.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.latent.projection import Pca
    from midime_engine.protocols import LatentsLike

    Doubles = npt.NDArray[np.float64]

__all__ = ["Terrain", "density", "terrain"]

_PRIOR_SHARE = 0.5
"""Of the mixture: a trained MidiMe's posteriors fill its prior, and neither is the whole truth."""

_NARROWEST = 0.05
"""Standard deviation that a posterior has at least on the map: a needle would be seen nowhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """A grid over a plane, and how likely each place is."""

    x: Doubles
    """``[nx]``, ascending."""

    y: Doubles
    """``[ny]``, ascending."""

    mass: Doubles
    """Share of the likelier places, 0..1, ``[ny, nx]``: 0 at the likeliest."""


def density(places: npt.ArrayLike, plane: Pca, posterior: LatentsLike | None) -> Doubles:
    """Density at ``places`` ``[n, 2]`` of a plane through a space of ``latent_size`` dimensions.

    Args:
        places: On the plane.
        plane: Two components of the personal space.
        posterior: Of the chunks, ``[n_chunks, latent_size]``; None if the song is not known, then
            it is the density of the prior.
    """
    points = np.asarray(places, np.float64)
    axes = plane.components.astype(np.float64)  # [2, latent_size]
    origin = plane.mean.astype(np.float64)
    prior = _gaussian(points, axes @ -origin, axes @ axes.T)
    if posterior is None or not len(posterior.mu):
        return prior
    centres = (np.asarray(posterior.mu, np.float64) - origin) @ axes.T  # [n_chunks, 2]
    variances = np.maximum(np.asarray(posterior.sigma, np.float64), _NARROWEST) ** 2
    chunks = np.zeros(len(points))
    for centre, variance in zip(centres, variances, strict=True):
        chunks += _gaussian(points, centre, (axes * variance) @ axes.T)
    return _PRIOR_SHARE * prior + (1.0 - _PRIOR_SHARE) * chunks / len(centres)


def terrain(
    plane: Pca,
    posterior: LatentsLike | None,
    *,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    n: int = 61,
) -> Terrain:
    """The likelihood over a window of the plane, on a grid of ``n`` by ``n``.

    What lies beyond the window is not counted, so the window should hold the region of interest.
    """
    x, y = np.linspace(*x_range, n), np.linspace(*y_range, n)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    found = density(grid, plane, posterior)
    order = np.argsort(-found, kind="stable")
    total = max(float(found.sum()), np.finfo(np.float64).tiny)
    before = np.cumsum(found[order]) - found[order]
    mass = np.empty_like(found)
    mass[order] = before / total
    return Terrain(x, y, mass.reshape(n, n))


def _gaussian(points: Doubles, centre: Doubles, covariance: Doubles) -> Doubles:
    """The density of a Gaussian on the plane at ``[n, 2]``."""
    off = points - centre
    weighted = off @ np.linalg.inv(covariance)
    scale = 2.0 * np.pi * np.sqrt(np.linalg.det(covariance))
    return np.asarray(np.exp(-0.5 * np.sum(weighted * off, axis=1)) / scale, np.float64)
