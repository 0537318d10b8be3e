"""A linear map between the latent space and a plane, or any few dimensions, and back.

Principal component analysis by singular value decomposition. Unlike a neighbour embedding it can
be inverted, so a click anywhere on the map is a ``z`` that can be decoded. Its signs, which the
decomposition leaves open, are fixed by a rule, so that the same chunks give the same map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray

__all__ = ["Pca"]


@dataclass(frozen=True, slots=True)
class Pca:
    """Principal components of a cloud of points."""

    mean: FloatArray
    """The origin of the map, float32 ``[z_size]``."""

    components: FloatArray
    """Orthonormal directions, the widest first, float32 ``[n_components, z_size]``.

    The largest entry of each is positive.
    """

    explained: FloatArray
    """Share of the variance along each direction, float32 ``[n_components]``; zeros if none."""

    def __post_init__(self) -> None:
        """Check that the shapes belong together."""
        shapes = (self.mean.shape, self.components.shape, self.explained.shape)
        fits = self.components.ndim == 2  # noqa: PLR2004 - a matrix
        if not fits or shapes[0] != shapes[1][1:] or shapes[2] != shapes[1][:1]:
            raise ValueError(f"mean, components and explained do not fit: {shapes}.")

    @classmethod
    def fit(cls, z: FloatArray, n_components: int = 2) -> Pca:
        """Find the ``n_components`` widest directions of ``z``, ``[n, z_size]``, n at least 1.

        Where the points span fewer dimensions than are asked for, directions orthogonal to the
        others are added, so that one or two points can be mapped and inverted like many.

        Raises:
            ValueError: ``z`` is empty, not finite or not a matrix, or has fewer dimensions than
                ``n_components``.
        """
        points = np.asarray(z, np.float64)
        if points.ndim != 2 or not len(points):  # noqa: PLR2004 - a matrix
            raise ValueError(f"z must be [n, z_size] with n at least 1; got {points.shape}.")
        if not 1 <= n_components <= points.shape[1]:
            raise ValueError(f"n_components must be 1 to {points.shape[1]}; got {n_components}.")
        if not np.isfinite(points).all():
            raise ValueError("z must be finite.")
        mean = points.mean(axis=0)
        _, spread, directions = np.linalg.svd(points - mean, full_matrices=False)
        rank = int(np.sum(spread > np.max(spread, initial=0.0) * 1e-6))
        components = _complete(directions[: min(rank, n_components)], n_components)
        largest = np.argmax(np.abs(components), axis=1)[:, None]
        components *= np.sign(np.take_along_axis(components, largest, axis=1))
        variance = np.pad(np.square(spread[:rank]), (0, n_components))[:n_components]
        explained = variance / max(float(np.sum(np.square(spread))), np.finfo(np.float64).tiny)
        return cls(
            np.asarray(mean, np.float32),
            np.asarray(components, np.float32),
            np.asarray(explained, np.float32),
        )

    @classmethod
    def axes(cls, size: int, n_components: int = 2) -> Pca:
        """The first ``n_components`` axes of a space of ``size`` dimensions, through its origin.

        For a cloud of too few points to have directions of its own.

        Raises:
            ValueError: The space has fewer dimensions than ``n_components``.
        """
        if not 1 <= n_components <= size:
            raise ValueError(f"n_components must be 1 to {size}; got {n_components}.")
        nothing = np.zeros(n_components, np.float32)
        axes = np.eye(n_components, size, dtype=np.float32)
        return cls(np.zeros(size, np.float32), axes, nothing)

    def transform(self, z: FloatArray) -> FloatArray:
        """``[..., z_size]`` to its place on the map, ``[..., n_components]``."""
        return np.asarray((z - self.mean) @ self.components.T, np.float32)

    def inverse(self, places: FloatArray) -> FloatArray:
        """Places on the map, ``[..., n_components]``, to the ``z`` there, ``[..., z_size]``.

        Of all ``z`` that are shown at a place, the one closest to the mean.
        """
        return np.asarray(places @ self.components + self.mean, np.float32)


def _complete(directions: np.ndarray, n: int) -> np.ndarray:
    """Extend orthonormal rows ``[k, size]`` to ``n`` of them, by axes of the space."""
    rows = list(directions)
    for axis in np.eye(directions.shape[1]):
        if len(rows) == n:
            break
        rest = axis - sum((row @ axis) * row for row in rows)
        length = float(np.linalg.norm(rest))
        if length > 1e-3:  # noqa: PLR2004 - the axis is not a mixture of the rows we have
            rows.append(rest / length)
    return np.array(rows)
