"""The coordinates in which actor and critics work: what carries information, in units of sigma.

Most dimensions of a large latent say nothing (their posterior is the prior), and those that say
most are the finest: a hundredth of a unit there changes a note. Networks that see ``z`` as it is
learn little from thousands of labels; divided by the mean sigma of the posteriors, and without
the dimensions that say nothing, they learn a key from four thousand. A distance in these
coordinates is the distance "weighted by the posterior scale" of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

__all__ = ["Coordinates"]

_SAYS_NOTHING: Final = 0.93
"""Mean sigma from which on a dimension is left alone: it holds less than 0.08 nats."""

_FINEST: Final = 20.0
"""Units of sigma per unit of ``z``, at most: sharper posteriors than 0.05 are no finer music."""

_UNIT: Final = 0.25
"""Brings the coordinates to the size that freshly drawn networks expect, a few units."""


@dataclass(frozen=True, slots=True, eq=False)
class Coordinates:
    """A way from ``z`` to the numbers that count, and back."""

    dimensions: npt.NDArray[np.int64]
    """Which of ``z`` count, ``[d]``."""

    factors: FloatArray
    """What they are multiplied by, ``[d]``."""

    @classmethod
    def of(cls, scale: FloatArray) -> Coordinates:
        """For posteriors of mean sigma ``scale`` ``[z_size]``.

        Where no dimension says anything, all of them count.
        """
        chosen = np.flatnonzero(scale < _SAYS_NOTHING)
        if not len(chosen):
            chosen = np.arange(len(scale))
        fineness = 1.0 / np.maximum(scale[chosen], 1.0 / _FINEST)
        return cls(chosen, (_UNIT * fineness).astype(np.float32))

    def __len__(self) -> int:
        """Number of coordinates, ``d``."""
        return len(self.dimensions)

    def of_z(self, z: FloatArray) -> FloatArray:
        """``[n, z_size]`` to coordinates ``[n, d]``."""
        return np.asarray(z[:, self.dimensions] * self.factors, np.float32)

    def into(self, z: FloatArray, x: FloatArray) -> FloatArray:
        """``z`` with its coordinates replaced by ``x`` ``[n, d]``; all else stays."""
        moved = np.array(z, np.float32)
        moved[:, self.dimensions] = x / self.factors
        return moved
